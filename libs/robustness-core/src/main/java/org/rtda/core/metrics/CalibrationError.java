package org.rtda.core.metrics;

import org.rtda.core.Seed;

/**
 * Expected calibration error (Guo et al., ICML 2017, equation 3): the mean distance between confidence (the greatest
 * probability) and accuracy over 15 equally wide bins of confidence, weighted by the images in them. Resamples overstate
 * it, so its interval lies somewhat high and may miss the value.
 */
public final class CalibrationError {
    private static final int BINS = 15;

    private CalibrationError() {}

    /**
     * @param probabilities N x K, each row a distribution
     * @param seed of the bootstrap: the same seed gives the same interval
     */
    public static Estimate calibrationError(double[][] probabilities, int[] labels, Seed seed) {
        int classes = Labels.checkProbabilities(probabilities, labels);
        int[] bins = new int[labels.length];
        double[] excess = new double[labels.length];
        for (int i = 0; i < labels.length; i++) {
            int predicted = greatest(probabilities[i]);
            double confidence = probabilities[i][predicted];
            // bins are open below and closed above: (0, 1/15], ..., (14/15, 1]
            bins[i] = Math.max(0, Math.min(BINS - 1, (int) Math.ceil(confidence * BINS) - 1));
            excess[i] = confidence - (predicted == labels[i] ? 1 : 0);
        }
        return Bootstrap.interval(labels, classes, seed, counts -> {
            double[] sums = new double[BINS];
            for (int i = 0; i < excess.length; i++) {
                sums[bins[i]] += counts[i] * excess[i];
            }
            double total = 0;
            for (double sum : sums) {
                total += Math.abs(sum);
            }
            return total / excess.length;
        });
    }

    private static int greatest(double[] row) {
        int greatest = 0;
        for (int k = 1; k < row.length; k++) {
            if (row[k] > row[greatest]) {
                greatest = k;
            }
        }
        return greatest;
    }
}
