package org.rtda.nn.pytorch.attack;

/**
 * {@code z_t - z_y}.
 *
 * @param labels y
 * @param targets t
 */
record LogitDifferenceLoss(int[] labels, int[] targets) implements LogitLoss {

    @Override
    public double value(float[] logits, int image) {
        return (double) logits[targets[image]] - logits[labels[image]];
    }

    @Override
    public void derive(float[] logits, int image, double[] slope) {
        slope[targets[image]] += 1;
        slope[labels[image]] -= 1;
    }
}
