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
        return auroc(scoreOfClass1, labels, new Bootstrap(labels, 2, seed));
    }

    /** @param bootstrap of these images, by these labels or by classes of which each has one of them */
    public static Optional<Estimate> auroc(double[] scoreOfClass1, int[] labels, Bootstrap bootstrap) {
        bootstrap.checkImages(labels.length);
        checkScores(scoreOfClass1, labels);
        int[] sizes = Labels.counts(labels, 2);
        if (sizes[0] == 0 || sizes[1] == 0) {
            return Optional.empty();
        }
        Ranking ranking = new Ranking(scoreOfClass1, labels, 1);
        return Optional.of(bootstrap.interval(ranking::shareOfPairsWon));
    }

    /**
     * The mean over the classes of each one's area against the rest (Provost and Domingos, Machine Learning 52, 2003, with
     * every class weighing the same).
     *
     * @param scores by class, each N numbers that grow with the belief in that class, never NaN
     * @param labels each in [0, classes)
     * @param bootstrap of these images, by these labels
     * @return empty when a class has no image
     */
    public static Optional<Estimate> oneVersusRest(double[][] scores, int[] labels, Bootstrap bootstrap) {
        bootstrap.checkImages(labels.length);
        for (int size : Labels.counts(labels, scores.length)) {
            if (size == 0) {
                return Optional.empty();
            }
        }
        Ranking[] rankings = new Ranking[scores.length];
        for (int k = 0; k < scores.length; k++) {
            checkScores(scores[k], labels);
            rankings[k] = new Ranking(scores[k], labels, k);
        }
        return Optional.of(bootstrap.interval(counts -> {
            double sum = 0;
            for (Ranking ranking : rankings) {
                sum += ranking.shareOfPairsWon(counts);
            }
            return sum / rankings.length;
        }));
    }

    private static void checkScores(double[] scores, int[] labels) {
        Labels.checkSameLength("scores", scores.length, labels.length);
        for (double score : scores) {
            if (Double.isNaN(score)) {
                throw new IllegalArgumentException("scores must be numbers, was NaN");
            }
        }
    }

    /** Images by rising score. */
    private static final class Ranking {
        private final int[] images;
        private final boolean[] positive;
        /** Whether the score is that of the image before. */
        private final boolean[] tied;

        private final double pairs;

        Ranking(double[] scores, int[] labels, int positiveClass) {
            images = IntStream.range(0, labels.length)
                    .boxed()
                    .sorted(Comparator.comparingDouble(i -> scores[i]))
                    .mapToInt(Integer::intValue)
                    .toArray();
            positive = new boolean[images.length];
            tied = new boolean[images.length];
            long positives = 0;
            for (int i = 0; i < images.length; i++) {
                positive[i] = labels[images[i]] == positiveClass;
                positives += positive[i] ? 1 : 0;
                // by value, not by order: -0.0 ties with 0.0
                tied[i] = i > 0 && scores[images[i]] == scores[images[i - 1]];
            }
            pairs = (double) positives * (images.length - positives);
        }

        double shareOfPairsWon(int[] counts) {
            long halves = 0;
            long negativesBelow = 0;
            long positives = 0;
            long negatives = 0;
            for (int i = 0; i < images.length; i++) {
                if (!tied[i]) {
                    halves += positives * (2 * negativesBelow + negatives);
                    negativesBelow += negatives;
                    positives = 0;
                    negatives = 0;
                }
                if (positive[i]) {
                    positives += counts[images[i]];
                } else {
                    negatives += counts[images[i]];
                }
            }
            halves += positives * (2 * negativesBelow + negatives);
            return halves / 2.0 / pairs;
        }
    }
}
