package org.rtda.core.metrics;

import java.util.Optional;

/** Shares of right answers, with Wilson intervals. */
public final class Accuracy {
    private Accuracy() {}

    /** Share of images predicted right. There must be at least one. */
    public static Estimate accuracy(int[] predicted, int[] labels) {
        Labels.checkSameLength("predictions", predicted.length, labels.length);
        int right = 0;
        for (int i = 0; i < labels.length; i++) {
            right += predicted[i] == labels[i] ? 1 : 0;
        }
        return Wilson.interval(right, labels.length);
    }

    /** Share of one class's images predicted right; n is their number. Empty when the class has no image. */
    public static Optional<Estimate> ofClass(int wanted, int[] predicted, int[] labels) {
        Labels.checkSameLength("predictions", predicted.length, labels.length);
        int right = 0;
        int of = 0;
        for (int i = 0; i < labels.length; i++) {
            if (labels[i] == wanted) {
                of++;
                right += predicted[i] == wanted ? 1 : 0;
            }
        }
        return of == 0 ? Optional.empty() : Optional.of(Wilson.interval(right, of));
    }

    /** Share of the positives (class 1, of two) that are found. Empty without positives. */
    public static Optional<Estimate> sensitivity(int[] predicted, int[] labels) {
        Labels.counts(labels, 2);
        return ofClass(1, predicted, labels);
    }

    /** Share of the negatives (class 0, of two) that are left in peace. Empty without negatives. */
    public static Optional<Estimate> specificity(int[] predicted, int[] labels) {
        Labels.counts(labels, 2);
        return ofClass(0, predicted, labels);
    }

    /** The accuracy of always answering the commonest class of these labels: what any accuracy must be read against. */
    public static Estimate majorityRate(int[] labels, int classes) {
        int most = 0;
        for (int count : Labels.counts(labels, classes)) {
            most = Math.max(most, count);
        }
        return Wilson.interval(most, labels.length);
    }

    /**
     * Class 1 where its score reaches the threshold, else class 0.
     *
     * @param threshold for instance one fixed on validation data for a wanted sensitivity
     */
    public static int[] atThreshold(double[] scoreOfClass1, double threshold) {
        int[] predicted = new int[scoreOfClass1.length];
        for (int i = 0; i < predicted.length; i++) {
            predicted[i] = scoreOfClass1[i] >= threshold ? 1 : 0;
        }
        return predicted;
    }
}
