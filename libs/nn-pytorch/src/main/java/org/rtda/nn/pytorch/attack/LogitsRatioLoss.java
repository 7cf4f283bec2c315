package org.rtda.nn.pytorch.attack;

/**
 * Difference of logits ratio (Croce and Hein, ICML 2020): unlike a cross entropy it does not change when all logits are
 * multiplied by one number. With {@code z_(1) >= z_(2) >= ...} the sorted logits, untargeted
 * {@code (max_{j != y} z_j - z_y) / (z_(1) - z_(3))}, towards a class t
 * {@code (z_t - z_y) / (z_(1) - (z_(3) + z_(4)) / 2)}.
 *
 * @param labels y
 * @param targets t, or null for the untargeted ratio
 */
record LogitsRatioLoss(int[] labels, int[] targets) implements LogitLoss {
    /** As in the authors' program: keeps equal logits from dividing by zero. */
    private static final double SMALLEST = 1e-12;

    @Override
    public double value(float[] logits, int image) {
        int[] ranked = LogitLoss.ranked(logits);
        return difference(logits, image) / spread(logits, ranked);
    }

    @Override
    public void derive(float[] logits, int image, double[] slope) {
        int[] ranked = LogitLoss.ranked(logits);
        double spread = spread(logits, ranked);
        slope[raised(logits, image)] += 1 / spread;
        slope[labels[image]] -= 1 / spread;
        double bySpread = -difference(logits, image) / (spread * spread);
        slope[ranked[0]] += bySpread;
        if (targets == null) {
            slope[ranked[2]] -= bySpread;
        } else {
            slope[ranked[2]] -= bySpread / 2;
            slope[ranked[3]] -= bySpread / 2;
        }
    }

    private int raised(float[] logits, int image) {
        return targets == null ? LogitLoss.largestBut(logits, labels[image]) : targets[image];
    }

    private double difference(float[] logits, int image) {
        return (double) logits[raised(logits, image)] - logits[labels[image]];
    }

    private double spread(float[] logits, int[] ranked) {
        double below = targets == null ? logits[ranked[2]] : ((double) logits[ranked[2]] + logits[ranked[3]]) / 2;
        return logits[ranked[0]] - below + SMALLEST;
    }
}
