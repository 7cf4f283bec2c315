package org.rtda.core.metrics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Locale;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.rtda.core.Seed;

/** Intervals hold the true value at least as often as docs/intervals.md says. Samples are drawn with fixed seeds. */
class IntervalCoverageTest {
    /** Of 2,000 samples of an interval that holds it in 95 of 100, fewer than 93 in 100 come once in 30,000. */
    private static final int SAMPLES = 2000;

    private static final double LEAST = 0.93;

    static Stream<Arguments> sizesAndTrueValues() {
        return IntervalCoverage.SIZES.stream()
                .flatMap(sizes -> IntervalCoverage.TRUE_VALUES.stream().map(truth -> Arguments.of(sizes, truth)));
    }

    @ParameterizedTest
    @MethodSource("sizesAndTrueValues")
    void balancedAccuracysIntervalHoldsTheTrueValue(int[] sizes, double truth) {
        assertThat(IntervalCoverage.ofBalancedAccuracy(sizes, truth).share()).isBetween(LEAST, 1 + 1e-9);
    }

    static Stream<Arguments> sizesAndUnequalTrueValues() {
        return IntervalCoverage.SIZES.subList(0, 4).stream()
                .flatMap(sizes -> IntervalCoverage.UNEQUAL.stream().map(truths -> Arguments.of(sizes, truths)));
    }

    @ParameterizedTest
    @MethodSource("sizesAndUnequalTrueValues")
    void balancedAccuracysIntervalHoldsTheMeanOfUnequalTrueValues(int[] sizes, double[] truths) {
        assertThat(IntervalCoverage.ofBalancedAccuracy(sizes, truths).share()).isBetween(LEAST, 1 + 1e-9);
    }

    static Stream<Arguments> scoresSizesAndTrueValues() {
        return Stream.of(IntervalCoverage.Scores.NORMAL_ALIKE, IntervalCoverage.Scores.MIXTURE)
                .flatMap(
                        family -> IntervalCoverage.PAIRS.stream().flatMap(sizes -> IntervalCoverage.TRUE_VALUES.stream()
                                .map(truth -> Arguments.of(family, sizes, truth))));
    }

    @ParameterizedTest
    @MethodSource("scoresSizesAndTrueValues")
    void aurocsIntervalHoldsTheTrueValue(IntervalCoverage.Scores family, int[] sizes, double truth) {
        assertThat(IntervalCoverage.ofAuroc(sizes[0], sizes[1], truth, family, SAMPLES, new Seed(7))
                        .share())
                .isGreaterThanOrEqualTo(LEAST);
    }

    @ParameterizedTest
    @ValueSource(doubles = {0.5, 0.8, 0.95, 1})
    void aurocsIntervalOfThreeClassesHoldsTheTrueValue(double truth) {
        assertThat(IntervalCoverage.ofAurocOfClasses(
                                new int[] {5, 20, 60},
                                truth,
                                IntervalCoverage.Scores.NORMAL_ALIKE,
                                SAMPLES,
                                new Seed(7))
                        .share())
                .isGreaterThanOrEqualTo(LEAST);
    }

    static Stream<double[]> disagreements() {
        return IntervalCoverage.DISAGREEMENTS.stream();
    }

    @ParameterizedTest
    @MethodSource("disagreements")
    void theIntervalOfPairedAccuraciesHoldsTheTrueDifference(double[] onlyOneRight) {
        assertThat(IntervalCoverage.ofPairedDifference(40, onlyOneRight[0], onlyOneRight[1], SAMPLES, new Seed(6))
                        .share())
                .isGreaterThanOrEqualTo(LEAST);
    }

    @ParameterizedTest
    @EnumSource
    void brierScoresIntervalHoldsTheTrueValue(IntervalCoverage.Model model) {
        for (int images : new int[] {10, 40}) {
            assertThat(IntervalCoverage.ofBrierScore(model, images, SAMPLES, new Seed(8))
                            .share())
                    .isGreaterThanOrEqualTo(LEAST);
        }
    }

    @ParameterizedTest
    @EnumSource
    void calibrationErrorsIntervalHoldsTheTrueValue(IntervalCoverage.Model model) {
        assertThat(IntervalCoverage.ofCalibrationError(model, 40, SAMPLES, new Seed(9))
                        .share())
                .isGreaterThanOrEqualTo(LEAST);
    }

    /**
     * The percentile bootstrap's interval of 30 right of 30 is [1, 1], for every resample of them is all right. Where the true
     * value is .95 that is what .95^30 = 21.5% of the samples give: it would hold the value in at most 78.5%.
     */
    @Test
    void anIntervalWithoutAWidthDoesNotCover() {
        Estimate wilson = Wilson.interval(30, 30);

        // 30 / (30 + 3.8415)
        assertThat(wilson.low()).isCloseTo(0.8865, within(1e-4));
        assertThat(1 - Math.pow(0.95, 30)).isCloseTo(0.785, within(1e-3)).isLessThan(LEAST);
    }

    /** A percentile bootstrap gives [1, 1] here, though the true value may be .95: 5 and 5 right come in .95^10, 60 of 100. */
    @Test
    void whereAllAreRightTheIntervalHasAWidth() {
        Estimate allRight = BalancedAccuracy.balancedAccuracy(
                        new int[] {0, 0, 0, 0, 0, 1, 1, 1, 1, 1}, new int[] {0, 0, 0, 0, 0, 1, 1, 1, 1, 1}, 2)
                .orElseThrow();

        // exact for 5 of 5: [.4782, 1]; (1 - .4782) sqrt(2) / 2 = .3690 below 1
        assertThat(allRight.value()).isEqualTo(1);
        assertThat(String.format(Locale.ROOT, "%.4f", allRight.low())).isEqualTo("0.6310");
        assertThat(allRight.high()).isEqualTo(1);
    }

    @Test
    void intervalsAreOfUseToo() {
        // of 60 and 60 images no interval of balanced accuracy is on average wider than .2
        assertThat(IntervalCoverage.ofBalancedAccuracy(new int[] {60, 60}, 0.5).width())
                .isLessThan(0.2);
    }
}
