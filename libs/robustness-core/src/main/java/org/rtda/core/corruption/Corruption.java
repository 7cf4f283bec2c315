package org.rtda.core.corruption;

import java.util.List;
import org.rtda.core.ImageBatch;
import org.rtda.core.Seed;

/** One way in which images get worse. Stateless; safe for use by several threads. */
public interface Corruption {
    int SEVERITIES = 5;

    /** As {@link Corruptions#named} knows it. */
    String name();

    /**
     * @param images values in [0,1]; left as they are
     * @param severity 1 to 5, each with a parameter at least as strong as the one before
     * @param seeds one for each image; an image's result depends on its own seed alone, and the same seed draws the same
     *     noise at every severity; unused where nothing is random
     * @return images of the same shape, in [0,1]
     */
    ImageBatch apply(ImageBatch images, int severity, List<Seed> seeds);
}
