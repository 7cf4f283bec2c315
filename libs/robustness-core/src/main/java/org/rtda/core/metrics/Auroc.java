package org.rtda.core.metrics;

import java.util.Arrays;
import java.util.Optional;

/**
 * Area under the receiver operating characteristic for two classes: the chance that a positive scores above a negative, a
 * tie counted half (Hanley and McNeil, Radiology 143, 1982).
 *
 * <p>Its interval holds the areas that are not further from the one that was found than chance allows: the fifth method of
 * Newcombe, Statistics in Medicine 25 (2006), 559-573, whose variance is taken at the area in question and so gives a width
 * at 0 and 1. That variance assumes positives and negatives to scatter alike. Where the scores themselves show more (DeLong
 * et al., Biometrics 44, 1988), it is raised by the same factor everywhere, which Newcombe does not do.
 */
public final class Auroc {
    private static final double Z = Wilson.Z;
    private static final int BISECTIONS = 60;

    private Auroc() {}

    /**
     * @param scoreOfClass1 any number that grows with the belief in class 1, never NaN
     * @param labels 0 or 1
     * @return empty when a class has no image
     */
    public static Optional<Estimate> auroc(double[] scoreOfClass1, int[] labels) {
        checkScores(scoreOfClass1, labels);
        int[] sizes = Labels.counts(labels, 2);
        return sizes[0] == 0 || sizes[1] == 0 ? Optional.empty() : Optional.of(against(scoreOfClass1, labels, 1));
    }

    /**
     * The mean over the classes of each one's area against the rest (Provost and Domingos, Machine Learning 52, 2003, with
     * every class weighing the same). The areas are of the same images and depend on each other in a way that is not known,
     * so the interval is as wide as if they rose and fell together: the mean of their intervals.
     *
     * @param scores by class, each N numbers that grow with the belief in that class, never NaN
     * @param labels each in [0, classes)
     * @return empty when a class has no image
     */
    public static Optional<Estimate> oneVersusRest(double[][] scores, int[] labels) {
        for (int size : Labels.counts(labels, scores.length)) {
            if (size == 0) {
                return Optional.empty();
            }
        }
        double value = 0;
        double low = 0;
        double high = 0;
        for (int k = 0; k < scores.length; k++) {
            checkScores(scores[k], labels);
            Estimate area = against(scores[k], labels, k);
            value += area.value() / scores.length;
            low += area.low() / scores.length;
            high += area.high() / scores.length;
        }
        return Optional.of(new Estimate(value, Math.min(low, value), Math.max(high, value), labels.length));
    }

    private static void checkScores(double[] scores, int[] labels) {
        Labels.checkSameLength("scores", scores.length, labels.length);
        for (double score : scores) {
            if (Double.isNaN(score)) {
                throw new IllegalArgumentException("scores must be numbers, was NaN");
            }
        }
    }

    private static Estimate against(double[] scores, int[] labels, int positiveClass) {
        double[] positives = sorted(scores, labels, positiveClass, true);
        double[] negatives = sorted(scores, labels, positiveClass, false);
        double[] wins = sharesBelow(positives, negatives);
        double area = mean(wins);
        double alike = variance(area, positives.length, negatives.length);
        double shown = ofMean(wins) + ofMean(sharesBelow(negatives, positives));
        double factor = alike > 0 ? Math.max(1, shown / alike) : 1;
        double low = area == 0 ? 0 : end(area, 0, factor, positives.length, negatives.length);
        double high = area == 1 ? 1 : end(area, 1, factor, positives.length, negatives.length);
        return new Estimate(area, low, high, labels.length);
    }

    private static double[] sorted(double[] scores, int[] labels, int positiveClass, boolean positive) {
        double[] found = new double[scores.length];
        int count = 0;
        for (int i = 0; i < scores.length; i++) {
            if (labels[i] == positiveClass == positive) {
                // by value, not by order: -0.0 ties with 0.0
                found[count++] = scores[i] + 0.0;
            }
        }
        double[] sorted = Arrays.copyOf(found, count);
        Arrays.sort(sorted);
        return sorted;
    }

    /** Of each score, the share of the others that are below it, a tie counted half; both rising. */
    private static double[] sharesBelow(double[] scores, double[] others) {
        double[] shares = new double[scores.length];
        int below = 0;
        int notAbove = 0;
        for (int i = 0; i < scores.length; i++) {
            while (below < others.length && others[below] < scores[i]) {
                below++;
            }
            while (notAbove < others.length && others[notAbove] <= scores[i]) {
                notAbove++;
            }
            shares[i] = (below + notAbove) / 2.0 / others.length;
        }
        return shares;
    }

    private static double mean(double[] values) {
        double sum = 0;
        for (double value : values) {
            sum += value;
        }
        return sum / values.length;
    }

    /** The variance of the mean; 0 of a single value, which shows none. */
    private static double ofMean(double[] values) {
        if (values.length < 2) {
            return 0;
        }
        double mean = mean(values);
        double sum = 0;
        for (double value : values) {
            sum += (value - mean) * (value - mean);
        }
        return sum / (values.length - 1) / values.length;
    }

    /** Of an area, by Newcombe's method 5: Hanley and McNeil's with both numbers of images at their mean. */
    private static double variance(double area, int positives, int negatives) {
        double others = (positives + negatives) / 2.0 - 1;
        double spread = 1 + others * ((1 - area) / (2 - area) + area / (1 + area));
        return area * (1 - area) * spread / ((double) positives * negatives);
    }

    /** Between the area and {@code limit}: where the distance from the area is what chance just allows. */
    private static double end(double area, double limit, double factor, int positives, int negatives) {
        double inside = area;
        double outside = limit;
        for (int i = 0; i < BISECTIONS; i++) {
            double middle = (inside + outside) / 2;
            double distance = area - middle;
            if (distance * distance > Z * Z * factor * variance(middle, positives, negatives)) {
                outside = middle;
            } else {
                inside = middle;
            }
        }
        return inside;
    }
}
