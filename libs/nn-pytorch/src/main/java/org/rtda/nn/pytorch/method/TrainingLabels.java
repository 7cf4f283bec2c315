package org.rtda.nn.pytorch.method;

import ai.djl.ndarray.NDArray;

/**
 * What a batch's logits should say.
 *
 * @param labels N x 1, int64
 * @param weights each image's share of a cross entropy, N x 1, float32, together 1; null where all count the same
 */
public record TrainingLabels(NDArray labels, NDArray weights) {}
