package org.rtda.core.comparison;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.rtda.core.comparison.PairedComparison.Finding;
import org.rtda.core.metrics.Estimate;

class PairedComparisonTest {

    /** @param right an image each: 1 where the model is right */
    private static RunOutcome run(String right) {
        return run(right, "the same images");
    }

    private static RunOutcome run(String right, String images) {
        boolean[] answers = new boolean[right.length()];
        IntStream.range(0, answers.length).forEach(i -> answers[i] = right.charAt(i) == '1');
        double accuracy = right.chars().filter(c -> c == '1').count() / (double) right.length();
        Estimate estimate = new Estimate(accuracy, accuracy - 0.05, accuracy + 0.05, right.length());
        return new RunOutcome(estimate, estimate, new RunOutcome.Answers(answers, images));
    }

    private static PairedComparison compared(Map<Long, RunOutcome> first, Map<Long, RunOutcome> second) {
        return PairedComparison.corrected(
                        List.of(PairedComparison.of(first, second).orElseThrow()))
                .get(0);
    }

    /**
     * Ten images. Seed 1: the first alone is right on 6, the second alone on none: p = 2 / 64. Seed 2: 5 against 1: 14 / 64.
     * Twice their mean is 16 / 64. Seed 3 is in one of them only.
     */
    @Test
    void theTestsOfTheSharedSeedsAreCombined() {
        PairedComparison comparison = compared(
                Map.of(1L, run("1111111100"), 2L, run("1111111100"), 3L, run("1111111111")),
                Map.of(1L, run("0000001100"), 2L, run("0000011110")));

        assertThat(comparison.seeds()).isEqualTo(2);
        assertThat(comparison.ofSeeds()).containsOnlyKeys(1L, 2L);
        assertThat(comparison.combined()).isCloseTo(16.0 / 64, within(1e-12));
        // .8 - .2 and .8 - .4: mean .5, deviation .1414, half width 12.7062 x .1414 / sqrt(2) = 1.27062
        assertThat(comparison.accuracy().mean()).isCloseTo(0.5, within(1e-12));
        assertThat(comparison.accuracy().high()).isCloseTo(0.5 + 1.27062, within(1e-5));
        assertThat(comparison.finding()).isEqualTo(Finding.NOT_SHOWN);
    }

    /** p = 2 / 2^8 against one, 1 against the other: Holm doubles the first. */
    @Test
    void everyComparisonOfAFamilyMakesTheOthersHarder() {
        Map<Long, RunOutcome> first = Map.of(1L, run("1111111100"));
        List<PairedComparison> family = PairedComparison.corrected(List.of(
                PairedComparison.of(first, Map.of(1L, run("0000000000"))).orElseThrow(),
                PairedComparison.of(first, first).orElseThrow()));

        assertThat(family.get(0).combinedHolm()).isCloseTo(4.0 / 256, within(1e-12));
        assertThat(family.get(0).finding()).isEqualTo(Finding.HIGHER);
        assertThat(family.get(1).combinedHolm()).isEqualTo(1);
        assertThat(family.get(1).finding()).isEqualTo(Finding.NOT_SHOWN);
    }

    /** One seed has no interval over seeds; its images speak. Of 30 images the first alone is right on none, the second on 20. */
    @Test
    void ofOneSeedTheImagesDecide() {
        PairedComparison comparison =
                compared(Map.of(1L, run("0".repeat(30))), Map.of(1L, run("1".repeat(20) + "0".repeat(10))));

        assertThat(comparison.accuracy().low()).isNull();
        assertThat(comparison.overImages().value()).isCloseTo(-20.0 / 30, within(1e-12));
        assertThat(comparison.overImages().high()).isNegative();
        assertThat(comparison.finding()).isEqualTo(Finding.LOWER);
    }

    /** All 30 images right with both: Tango's ends are 3.8415 / 33.8415 = .1135 away; balanced, sqrt(.05^2 + .05^2) = .0707. */
    @Test
    void seedsThatDifferByTheSameHaveAnIntervalOverImages() {
        RunOutcome perfect = run("1".repeat(30));
        PairedComparison comparison = compared(Map.of(1L, perfect, 2L, perfect), Map.of(1L, perfect, 2L, perfect));

        assertThat(comparison.accuracy().high()).isCloseTo(0.1135, within(1e-4));
        assertThat(comparison.balancedAccuracy().low()).isCloseTo(-0.0707, within(1e-4));
    }

    @Test
    void answersOnOtherImagesAreNotPaired() {
        PairedComparison comparison = compared(Map.of(1L, run("1111")), Map.of(1L, run("1100", "other images")));

        assertThat(comparison.ofSeeds()).isEmpty();
        assertThat(comparison.combined()).isNull();
        assertThat(comparison.accuracy().mean()).isCloseTo(0.5, within(1e-12));
        assertThat(comparison.finding()).isEqualTo(Finding.NOT_TESTED);
    }

    @Test
    void withoutASharedSeedThereIsNothingToCompare() {
        assertThat(PairedComparison.of(Map.of(1L, run("10")), Map.of(2L, run("10"))))
                .isEmpty();
    }

    /** .6, .7, .8: mean .7, Student's half width 4.30265 x .1 / sqrt(3) = .24841. Two of 1 with .05 to both sides: [.95, 1.05]. */
    @Test
    void aMeanOverSeedsHasStudentsIntervalUnlessTheSeedsAgree() {
        MeanOverSeeds mean = MeanOverSeeds.of(List.of(estimate(0.6), estimate(0.8), estimate(0.7)))
                .orElseThrow();
        assertThat(mean.low()).isCloseTo(0.45159, within(1e-5));
        assertThat(mean.interval()).isEqualTo(MeanOverSeeds.Interval.SEEDS);

        MeanOverSeeds alike =
                MeanOverSeeds.of(List.of(estimate(1), estimate(1))).orElseThrow();
        assertThat(alike.low()).isCloseTo(0.95, within(1e-12));
        assertThat(alike.interval()).isEqualTo(MeanOverSeeds.Interval.IMAGES);
        assertThat(alike.deviation()).isZero();
        assertThat(MeanOverSeeds.of(List.of())).isEmpty();
    }

    private static Estimate estimate(double value) {
        return new Estimate(value, value - 0.05, value + 0.05, 10);
    }
}
