package org.rtda.nn.pytorch;

import java.util.List;
import org.rtda.core.ImageBatch;
import org.rtda.core.Seed;

/** A search, within a ball around each image, for an image that the network gets wrong. Safe for use by several threads. */
public interface Attack {

    /**
     * One adversarial image for each image.
     *
     * @param images N x C x H x W, in [0,1]
     * @param labels N, the true classes
     * @param seeds N; all randomness of image i is drawn from seed i
     * @return the same shape, in [0,1], each within epsilon of its image
     * @throws NonFiniteException when a gradient is NaN or infinite, naming the image
     * @throws IllegalArgumentException when shapes or counts do not fit, or pixels or labels are out of range
     */
    ImageBatch perturb(FrozenNetwork target, ImageBatch images, int[] labels, List<Seed> seeds);

    /** Forward-backward passes for each image. */
    int gradientEvaluations();
}
