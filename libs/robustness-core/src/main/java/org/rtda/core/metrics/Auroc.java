package org.rtda.core.metrics;

import java.util.Comparator;
import java.util.Optional;
import java.util.stream.IntStream;
import org.rtda.core.Seed;

/**
 * Area under the receiver operating characteristic for two classes: the chance that a positive scores above a negative, a
 * tie counted half (Hanley and McNeil, Radiology 143, 1982).
 */
public final class Auroc {
    private Auroc() {}

    /**
     * @param scoreOfClass1 any number that grows with the belief in class 1, never NaN
     * @param labels 0 or 1
     * @param seed of the bootstrap: the same seed gives the same interval
     * @return empty when a class has no image
     */
    public static Optional<Estimate> auroc(double[] scoreOfClass1, int[] labels, Seed seed) {
        Labels.checkSameLength("scores", scoreOfClass1.length, labels.length);
        for (double score : scoreOfClass1) {
            if (Double.isNaN(score)) {
                throw new IllegalArgumentException("scores must be numbers, was NaN");
            }
        }
        int[] sizes = Labels.counts(labels, 2);
        if (sizes[0] == 0 || sizes[1] == 0) {
            return Optional.empty();
        }
        int[] rising = IntStream.range(0, labels.length)
                .boxed()
                .sorted(Comparator.comparingDouble(i -> scoreOfClass1[i]))
                .mapToInt(Integer::intValue)
                .toArray();
        double pairs = (double) sizes[0] * sizes[1];
        return Optional.of(
                Bootstrap.interval(labels, 2, seed, counts -> pairsWon(rising, scoreOfClass1, labels, counts) / pairs));
    }

    private static double pairsWon(int[] rising, double[] scores, int[] labels, int[] counts) {
        double won = 0;
        long negativesBelow = 0;
        int at = 0;
        while (at < rising.length) {
            double score = scores[rising[at]];
            long positives = 0;
            long negatives = 0;
            while (at < rising.length && scores[rising[at]] == score) {
                int image = rising[at++];
                if (labels[image] == 1) {
                    positives += counts[image];
                } else {
                    negatives += counts[image];
                }
            }
            won += positives * (negativesBelow + negatives / 2.0);
            negativesBelow += negatives;
        }
        return won;
    }
}
