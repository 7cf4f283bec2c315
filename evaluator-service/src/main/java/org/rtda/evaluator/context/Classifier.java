package org.rtda.evaluator.context;

import org.rtda.core.ImageBatch;

/** A model that is loaded and can be asked, by several threads at once where {@link ModelCache} lets them. */
public interface Classifier extends AutoCloseable {
    /** N x classes. */
    float[][] logits(ImageBatch images);

    @Override
    void close();
}
