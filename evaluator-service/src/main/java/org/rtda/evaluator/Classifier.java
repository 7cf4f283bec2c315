package org.rtda.evaluator;

import org.rtda.core.ImageBatch;

/** A model that is loaded and can be asked. Used by one thread at a time. */
interface Classifier extends AutoCloseable {
    /** N x classes. */
    float[][] logits(ImageBatch images);

    @Override
    void close();
}
