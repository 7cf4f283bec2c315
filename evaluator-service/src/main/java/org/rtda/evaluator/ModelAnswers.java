package org.rtda.evaluator;

/**
 * What the model said of images under a condition.
 *
 * @param labels N, the true classes
 * @param logits N x classes, finite
 */
record ModelAnswers(int[] labels, float[][] logits) {}
