package org.rtda.core.metrics;

import java.util.Optional;
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
        Labels.checkSameLength("predictions", predicted.length, labels.length);
        int[] sizes = Labels.counts(labels, classes);
        for (int size : sizes) {
            if (size == 0) {
                return Optional.empty();
            }
        }
        return Optional.of(Bootstrap.interval(labels, classes, seed, counts -> {
            int[] right = new int[classes];
            for (int i = 0; i < labels.length; i++) {
                if (predicted[i] == labels[i]) {
                    right[labels[i]] += counts[i];
                }
            }
            double sum = 0;
            for (int k = 0; k < classes; k++) {
                sum += (double) right[k] / sizes[k];
            }
            return sum / classes;
        }));
    }
}
