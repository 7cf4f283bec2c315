package org.rtda.nn.pytorch.attack;

/** {@code max_{j != y} z_j - z_y}: positive where the image is classified wrongly. */
record MarginLoss(int[] labels) implements LogitLoss {

    @Override
    public double value(float[] logits, int image) {
        int label = labels[image];
        return (double) logits[LogitLoss.largestBut(logits, label)] - logits[label];
    }

    @Override
    public void derive(float[] logits, int image, double[] slope) {
        int label = labels[image];
        slope[LogitLoss.largestBut(logits, label)] += 1;
        slope[label] -= 1;
    }
}
