package org.rtda.contracts.settings;

import java.util.List;
import org.rtda.contracts.check.Check;

/**
 * The evaluations of an experiment's checkpoints.
 *
 * @param everyEpochs a quick evaluation (on validation images) after each so many epochs, 0 for none; default 1
 * @param quickImages validation images of a quick evaluation, drawn by class; default 64
 * @param testImages test images of the final evaluation, drawn by class; 0, the default, for all
 * @param attackSteps PGD steps; default 10
 * @param epsilons L2 radii of the final evaluation, in pixel units, rising; when absent the reference's
 *     {0.25, 0.5, 1, 2, 4, 8} on 3x32x32 scaled to the image size
 * @param linfEpsilons Linf radii of the final evaluation, in pixel units, in (0, 1], rising; null for none but that of a
 *     training in Linf. A specification that trains in Linf and names none gets {1, 2, 4, 8, 16}/255
 * @param suite of the final evaluation: {@code standard} or {@code full}; default {@code standard}
 * @param wantedSensitivity the share of diseased validation images to be found, by which a second threshold is set on clean
 *     validation images; in (0, 1]; default 0.9
 */
public record EvaluationSettings(
        Integer everyEpochs,
        Integer quickImages,
        Integer testImages,
        Integer attackSteps,
        List<Double> epsilons,
        String suite,
        Double wantedSensitivity,
        List<Double> linfEpsilons) {
    /** Everything at its default. */
    public static final EvaluationSettings DEFAULT = builder().build();

    /** Linf radii of the final evaluation where a training in Linf names none, rising. */
    public static final List<Double> LINF_EPSILONS = List.of(1.0 / 255, 2.0 / 255, 4.0 / 255, 8.0 / 255, 16.0 / 255);

    private static final List<Double> REFERENCE_EPSILONS = List.of(0.25, 0.5, 1.0, 2.0, 4.0, 8.0);

    public EvaluationSettings {
        everyEpochs = everyEpochs == null ? 1 : Check.inRange("evaluation.everyEpochs", everyEpochs, 0, 10_000);
        quickImages = quickImages == null ? 64 : Check.inRange("evaluation.quickImages", quickImages, 1, 1_000_000);
        testImages = testImages == null ? 0 : Check.inRange("evaluation.testImages", testImages, 0, 1_000_000);
        attackSteps = attackSteps == null ? 10 : Check.inRange("evaluation.attackSteps", attackSteps, 1, 1000);
        suite = Check.oneOf("evaluation.suite", suite == null ? "standard" : suite, List.of("standard", "full"));
        wantedSensitivity =
                wantedSensitivity == null ? 0.9 : Check.above("evaluation.wantedSensitivity", wantedSensitivity, 0, 1);
        if (epsilons != null) {
            epsilons = rising("evaluation.epsilons", epsilons, 1000);
        }
        if (linfEpsilons != null) {
            linfEpsilons = rising("evaluation.linfEpsilons", linfEpsilons, 1);
        }
    }

    private static List<Double> rising(String field, List<Double> radii, double highest) {
        List<Double> copy = Check.copyOf(field, radii);
        Check.inRange(field + " (how many)", copy.size(), 1, 32);
        double previous = 0;
        for (double radius : copy) {
            previous = Check.above(field, radius, previous, highest);
        }
        return copy;
    }

    /**
     * The same, and the usual Linf radii where a training in Linf names none.
     *
     * @throws InvalidFieldException when an L2 radius is larger than any distance of two images
     */
    public EvaluationSettings resolvedFor(int channels, int height, int width, String trainingNorm) {
        EvaluationSettings resolved = resolvedFor(channels, height, width);
        double largest = resolved.epsilons.get(resolved.epsilons.size() - 1);
        Check.above("evaluation.epsilons", largest, 0, AttackSettings.largestL2Distance(channels, height, width));
        return toBuilder()
                .epsilons(resolved.epsilons)
                .linfEpsilons(linfEpsilons == null && trainingNorm.equals("linf") ? LINF_EPSILONS : linfEpsilons)
                .build();
    }

    public EvaluationSettings resolvedFor(int channels, int height, int width) {
        List<Double> resolved = epsilons != null
                ? epsilons
                : REFERENCE_EPSILONS.stream()
                        .map(e -> AttackSettings.referenceEpsilon(e, "l2", channels, height, width))
                        .toList();
        return toBuilder().epsilons(resolved).build();
    }

    public static Builder builder() {
        return new Builder();
    }

    /** A builder with everything as it is here. */
    public Builder toBuilder() {
        return new Builder()
                .everyEpochs(everyEpochs)
                .quickImages(quickImages)
                .testImages(testImages)
                .attackSteps(attackSteps)
                .epsilons(epsilons)
                .suite(suite)
                .wantedSensitivity(wantedSensitivity)
                .linfEpsilons(linfEpsilons);
    }

    /** Sets components by name; one that is not set takes its default. */
    public static final class Builder {
        private Integer everyEpochs;
        private Integer quickImages;
        private Integer testImages;
        private Integer attackSteps;
        private List<Double> epsilons;
        private String suite;
        private Double wantedSensitivity;
        private List<Double> linfEpsilons;

        private Builder() {}

        public Builder everyEpochs(Integer everyEpochs) {
            this.everyEpochs = everyEpochs;
            return this;
        }

        public Builder quickImages(Integer quickImages) {
            this.quickImages = quickImages;
            return this;
        }

        public Builder testImages(Integer testImages) {
            this.testImages = testImages;
            return this;
        }

        public Builder attackSteps(Integer attackSteps) {
            this.attackSteps = attackSteps;
            return this;
        }

        public Builder epsilons(List<Double> epsilons) {
            this.epsilons = epsilons;
            return this;
        }

        public Builder suite(String suite) {
            this.suite = suite;
            return this;
        }

        public Builder wantedSensitivity(Double wantedSensitivity) {
            this.wantedSensitivity = wantedSensitivity;
            return this;
        }

        public Builder linfEpsilons(List<Double> linfEpsilons) {
            this.linfEpsilons = linfEpsilons;
            return this;
        }

        public EvaluationSettings build() {
            return new EvaluationSettings(
                    everyEpochs,
                    quickImages,
                    testImages,
                    attackSteps,
                    epsilons,
                    suite,
                    wantedSensitivity,
                    linfEpsilons);
        }
    }
}
