package org.rtda.evaluator.figures;

/**
 * The model's outputs for the images of a condition.
 *
 * @param indices N, the images' places in the split
 * @param labels N, the true classes
 * @param logits N x classes, finite
 */
public record ModelAnswers(int[] indices, int[] labels, float[][] logits) {}
