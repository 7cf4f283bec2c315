package org.rtda.evaluator.figures;

/**
 * What the model said of images under a condition.
 *
 * @param indices N, the images' places in the split
 * @param labels N, the true classes
 * @param logits N x classes, finite
 */
public record ModelAnswers(int[] indices, int[] labels, float[][] logits) {}
