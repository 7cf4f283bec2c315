package org.rtda.core.metrics;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The mean over classes of each class's accuracy (Brodersen et al., ICPR 2010): 1/K for a constant answer. Its interval
 * combines the classes' exact ones ({@link ClopperPearson}, {@link MeanOfIndependent}), so it has a width where every image
 * of a class is right, and covers with five images a class.
 */
public final class BalancedAccuracy {
    private BalancedAccuracy() {}

    /**
     * @param labels each in [0, classes)
     * @return empty when a class has no image
     */
    public static Optional<Estimate> balancedAccuracy(int[] predicted, int[] labels, int classes) {
        Labels.checkSameLength("predictions", predicted.length, labels.length);
        int[] sizes = Labels.counts(labels, classes);
        int[] right = new int[classes];
        for (int i = 0; i < labels.length; i++) {
            right[labels[i]] += predicted[i] == labels[i] ? 1 : 0;
        }
        List<Estimate> ofClasses = new ArrayList<>();
        for (int k = 0; k < classes; k++) {
            if (sizes[k] == 0) {
                return Optional.empty();
            }
            ofClasses.add(ClopperPearson.interval(right[k], sizes[k]));
        }
        return Optional.of(MeanOfIndependent.of(ofClasses, labels.length));
    }
}
