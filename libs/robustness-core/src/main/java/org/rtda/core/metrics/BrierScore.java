package org.rtda.core.metrics;

import org.rtda.core.Seed;

/**
 * Half the mean squared distance between the predicted distribution and the true class (Brier, Monthly Weather Review 78,
 * 1950, halved): in [0,1], and for two classes the mean of {@code (p1 - y)^2}.
 */
public final class BrierScore {
    private BrierScore() {}

    /**
     * @param probabilities N x K, each row a distribution
     * @param seed of the bootstrap: the same seed gives the same interval
     */
    public static Estimate brierScore(double[][] probabilities, int[] labels, Seed seed) {
        int classes = Labels.checkProbabilities(probabilities, labels);
        return brierScore(probabilities, labels, new Bootstrap(labels, classes, seed));
    }

    /** @param bootstrap of these images, by these labels */
    public static Estimate brierScore(double[][] probabilities, int[] labels, Bootstrap bootstrap) {
        bootstrap.checkImages(labels.length);
        int classes = Labels.checkProbabilities(probabilities, labels);
        double[] scores = new double[labels.length];
        for (int i = 0; i < labels.length; i++) {
            for (int k = 0; k < classes; k++) {
                double off = probabilities[i][k] - (labels[i] == k ? 1 : 0);
                scores[i] += off * off / 2;
            }
        }
        return bootstrap.interval(counts -> {
            double sum = 0;
            for (int i = 0; i < scores.length; i++) {
                sum += counts[i] * scores[i];
            }
            return sum / scores.length;
        });
    }
}
