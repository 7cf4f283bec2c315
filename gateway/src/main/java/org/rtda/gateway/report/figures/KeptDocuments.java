package org.rtda.gateway.report.figures;

import java.util.Optional;
import org.rtda.contracts.Gallery;
import org.rtda.contracts.Payload;
import org.rtda.contracts.Predictions;
import org.rtda.contracts.dataset.ObjectRef;
import org.rtda.core.ImageBatch;

/**
 * Reads the predictions and galleries of an evaluation from the store. Empty for what the store does not return: the
 * report is then written without it.
 */
public interface KeptDocuments {
    Optional<Predictions> predictions(ObjectRef ref);

    Optional<Gallery> gallery(ObjectRef ref);

    /** @param payload of a gallery, one image: 1 x C x H x W in [0,1] */
    Optional<ImageBatch> pixels(Payload payload);
}
