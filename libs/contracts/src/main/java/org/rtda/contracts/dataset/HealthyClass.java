package org.rtda.contracts.dataset;

import java.util.Optional;

/**
 * The class of a data set that means no disease. Sensitivity and specificity, the thresholds that are set for a wanted
 * sensitivity, and attacks that force a miss or a false alarm are about it against all others together.
 *
 * @param label of the class
 * @param assumed whether nobody said so: then label 0 of two classes is taken, and every figure that depends on it says that
 *     it was
 */
public record HealthyClass(int label, boolean assumed) {
    /** What is said beside a figure that depends on a healthy class that nobody named. */
    public static final String ASSUMED = "class 0 assumed healthy";

    /** Empty where nobody said and there are more than two classes: then nothing depends on it. */
    public static Optional<HealthyClass> of(DatasetManifest manifest) {
        return of(manifest.healthyClass(), manifest.classes().size());
    }

    /** @param declared {@link DatasetManifest#healthyClass} */
    public static Optional<HealthyClass> of(Integer declared, int classes) {
        if (declared != null) {
            return Optional.of(new HealthyClass(declared, false));
        }
        return classes == 2 ? Optional.of(new HealthyClass(0, true)) : Optional.empty();
    }
}
