package org.rtda.nn.pytorch.engine;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;

/** Turns class indices into arrays of the engine. */
public final class ClassIndices {
    private ClassIndices() {}

    /** @throws IllegalArgumentException when there is not one for each image, or one is not a class */
    public static void require(int[] labels, int images, int classes) {
        if (labels.length != images) {
            throw new IllegalArgumentException(
                    "a label is needed for each of " + images + " images, got " + labels.length);
        }
        for (int i = 0; i < labels.length; i++) {
            if (labels[i] < 0 || labels[i] >= classes) {
                throw new IllegalArgumentException(
                        "label of image " + i + " must be in [0, " + (classes - 1) + "], was " + labels[i]);
            }
        }
    }

    /** N x 1, int64: an index into each row of logits. */
    public static NDArray load(NDManager manager, int[] labels) {
        long[] indices = new long[labels.length];
        for (int i = 0; i < labels.length; i++) {
            indices[i] = labels[i];
        }
        return manager.create(indices, new Shape(labels.length, 1));
    }
}
