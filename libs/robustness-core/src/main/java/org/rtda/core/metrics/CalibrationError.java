package org.rtda.core.metrics;

import java.util.stream.IntStream;
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
        return calibrationError(probabilities, labels, new Bootstrap(labels, classes, seed));
    }

    /** @param bootstrap of these images, by these labels */
    public static Estimate calibrationError(double[][] probabilities, int[] labels, Bootstrap bootstrap) {
        Labels.checkProbabilities(probabilities, labels);
        bootstrap.checkImages(labels.length);
        int[] bins = new int[labels.length];
        double[] excess = new double[labels.length];
        for (int i = 0; i < labels.length; i++) {
            int predicted = greatest(probabilities[i]);
            double confidence = probabilities[i][predicted];
            // bins are open below and closed above: (0, 1/15], ..., (14/15, 1]
            bins[i] = Math.max(0, Math.min(BINS - 1, (int) Math.ceil(confidence * BINS) - 1));
            excess[i] = confidence - (predicted == labels[i] ? 1 : 0);
        }
        int[][] images = new int[BINS][];
        for (int bin = 0; bin < BINS; bin++) {
            int wanted = bin;
            images[bin] = IntStream.range(0, bins.length)
                    .filter(i -> bins[i] == wanted)
                    .toArray();
        }
        return bootstrap.interval(counts -> {
            double total = 0;
            for (int[] ofBin : images) {
                double sum = 0;
                for (int image : ofBin) {
                    sum += counts[image] * excess[image];
                }
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
