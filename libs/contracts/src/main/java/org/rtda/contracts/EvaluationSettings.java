package org.rtda.contracts;

import java.util.List;

/**
 * How an experiment's checkpoints are judged.
 *
 * @param everyEpochs a quick evaluation (on validation images) after each so many epochs, 0 for none; default 1
 * @param quickImages validation images of a quick evaluation, drawn by class; default 64
 * @param testImages test images of the final evaluation, drawn by class; 0, the default, for all
 * @param attackSteps PGD steps; default 10
 * @param epsilons L2 radii of the final evaluation, in pixel units, rising; when absent the reference's
 *     {0.25, 0.5, 1, 2, 4, 8} on 3x32x32 scaled to the image size
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
        Double wantedSensitivity) {
    private static final List<Double> REFERENCE_EPSILONS = List.of(0.25, 0.5, 1.0, 2.0, 4.0, 8.0);

    public EvaluationSettings {
        everyEpochs = everyEpochs == null ? 1 : Check.inRange("evaluation.everyEpochs", everyEpochs, 0, 10_000);
        quickImages = quickImages == null ? 64 : Check.inRange("evaluation.quickImages", quickImages, 1, 1_000_000);
        testImages = testImages == null ? 0 : Check.inRange("evaluation.testImages", testImages, 0, 1_000_000);
        attackSteps = attackSteps == null ? 10 : Check.inRange("evaluation.attackSteps", attackSteps, 1, 1000);
        suite = Check.oneOf("evaluation.suite", suite == null ? "standard" : suite, List.of("standard", "full"));
        wantedSensitivity = wantedSensitivity == null
                ? 0.9
                : Check.inRange("evaluation.wantedSensitivity", wantedSensitivity, Double.MIN_VALUE, 1);
        if (epsilons != null) {
            epsilons = List.copyOf(epsilons);
            Check.inRange("evaluation.epsilons (how many)", epsilons.size(), 1, 32);
            double previous = 0;
            for (double epsilon : epsilons) {
                Check.inRange("evaluation.epsilons", epsilon, Math.nextUp(previous), 1000);
                previous = epsilon;
            }
        }
    }

    public EvaluationSettings resolvedFor(int channels, int height, int width) {
        List<Double> resolved = epsilons != null
                ? epsilons
                : REFERENCE_EPSILONS.stream()
                        .map(e -> AttackSettings.referenceEpsilon(e, "l2", channels, height, width))
                        .toList();
        return new EvaluationSettings(
                everyEpochs, quickImages, testImages, attackSteps, resolved, suite, wantedSensitivity);
    }
}
