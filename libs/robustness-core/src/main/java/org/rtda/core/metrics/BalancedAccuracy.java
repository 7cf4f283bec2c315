package org.rtda.core.metrics;

import java.util.Optional;
import java.util.stream.IntStream;
import org.rtda.core.Seed;

/** The mean over classes of each class's accuracy (Brodersen et al., ICPR 2010): 1/K for a constant answer. */
public final class BalancedAccuracy {
    private BalancedAccuracy() {}

    /**
     * @param labels each in [0, classes)
     * @param seed of the bootstrap: the same seed gives the same interval
     * @return empty when a class has no image
     */
    public static Optional<Estimate> balancedAccuracy(int[] predicted, int[] labels, int classes, Seed seed) {
        return balancedAccuracy(predicted, labels, classes, new Bootstrap(labels, classes, seed));
    }

    /** @param bootstrap of these images, by these labels */
    public static Optional<Estimate> balancedAccuracy(int[] predicted, int[] labels, int classes, Bootstrap bootstrap) {
        bootstrap.checkImages(labels.length);
        Labels.checkSameLength("predictions", predicted.length, labels.length);
        int[] sizes = Labels.counts(labels, classes);
        for (int size : sizes) {
            if (size == 0) {
                return Optional.empty();
            }
        }
        int[][] right = rightOfEachClass(predicted, labels, classes);
        return Optional.of(bootstrap.interval(counts -> {
            double sum = 0;
            for (int k = 0; k < classes; k++) {
                long found = 0;
                for (int image : right[k]) {
                    found += counts[image];
                }
                sum += (double) found / sizes[k];
            }
            return sum / classes;
        }));
    }

    private static int[][] rightOfEachClass(int[] predicted, int[] labels, int classes) {
        int[][] right = new int[classes][];
        for (int k = 0; k < classes; k++) {
            int wanted = k;
            right[k] = IntStream.range(0, labels.length)
                    .filter(i -> labels[i] == wanted && predicted[i] == wanted)
                    .toArray();
        }
        return right;
    }
}
