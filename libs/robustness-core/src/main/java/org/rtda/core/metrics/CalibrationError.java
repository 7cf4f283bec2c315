package org.rtda.core.metrics;

/**
 * Expected calibration error (Guo et al., ICML 2017, equation 3): the mean distance between confidence (the greatest
 * probability) and accuracy over 15 equally wide bins of confidence, weighted by the images in them.
 *
 * <p>Few images a bin make it too large: a calibrated model has one above 0. So the lower end of its interval is what is left
 * when the accuracy of every bin is as close to its confidence as its exact interval ({@link ClopperPearson}) allows, all of
 * them together at 97.5% (Bonferroni). The upper end combines how much further off each bin may be ({@link MeanOfIndependent} has the rule).
 */
public final class CalibrationError {
    private static final int BINS = 15;
    private static final double TAIL = 0.025;

    private CalibrationError() {}

    /** @param probabilities N x K, each row a distribution */
    public static Estimate calibrationError(double[][] probabilities, int[] labels) {
        Labels.checkProbabilities(probabilities, labels);
        Bin[] bins = bins(probabilities, labels);
        int used = 0;
        for (Bin bin : bins) {
            used += bin.images > 0 ? 1 : 0;
        }
        double value = 0;
        double low = 0;
        double above = 0;
        for (Bin bin : bins) {
            if (bin.images > 0) {
                double weight = (double) bin.images / labels.length;
                value += weight * bin.distance();
                low += weight * bin.least(TAIL / used);
                above += square(weight * (bin.most() - bin.distance()));
            }
        }
        return new Estimate(value, Math.min(low, value), Math.min(1, value + Math.sqrt(above)), labels.length);
    }

    private static Bin[] bins(double[][] probabilities, int[] labels) {
        Bin[] bins = new Bin[BINS];
        for (int b = 0; b < BINS; b++) {
            bins[b] = new Bin();
        }
        for (int i = 0; i < labels.length; i++) {
            int predicted = greatest(probabilities[i]);
            double confidence = probabilities[i][predicted];
            // bins are open below and closed above: (0, 1/15], ..., (14/15, 1]
            Bin bin = bins[Math.max(0, Math.min(BINS - 1, (int) Math.ceil(confidence * BINS) - 1))];
            bin.images++;
            bin.confidences += confidence;
            bin.right += predicted == labels[i] ? 1 : 0;
        }
        return bins;
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

    private static double square(double x) {
        return x * x;
    }

    /** The images of a range of confidence. */
    private static final class Bin {
        private int images;
        private int right;
        private double confidences;

        /** Capped, since a sum of ones may come to a little more. */
        private double confidence() {
            return Math.min(1, confidences / images);
        }

        private double distance() {
            return Math.abs((double) right / images - confidence());
        }

        /** How close accuracy and confidence can be. */
        private double least(double tail) {
            Estimate accuracy = ClopperPearson.interval(right, images, tail);
            double below = accuracy.low() - confidence();
            double above = confidence() - accuracy.high();
            return Math.max(0, Math.max(below, above));
        }

        /** How far apart they can be, at least as far as they are. */
        private double most() {
            Estimate accuracy = Wilson.interval(right, images);
            return Math.max(distance(), Math.max(accuracy.high() - confidence(), confidence() - accuracy.low()));
        }
    }
}
