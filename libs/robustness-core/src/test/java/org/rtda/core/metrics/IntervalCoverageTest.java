package org.rtda.core.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Locale;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
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

    @ParameterizedTest
    @MethodSource("sizesAndTrueValues")
    void aurocsIntervalHoldsTheTrueValue(int[] sizes, double truth) {
        assertThat(IntervalCoverage.ofAuroc(sizes[0], sizes[1], truth, 1, SAMPLES, new Seed(7))
                        .share())
                .isGreaterThanOrEqualTo(LEAST);
    }

    @ParameterizedTest
    @EnumSource
    void brierScoresIntervalHoldsTheTrueValue(IntervalCoverage.Model model) {
        assertThat(IntervalCoverage.ofBrierScore(model, 40, SAMPLES, new Seed(8))
                        .share())
                .isGreaterThanOrEqualTo(LEAST);
    }

    @ParameterizedTest
    @EnumSource
    void calibrationErrorsIntervalHoldsTheTrueValue(IntervalCoverage.Model model) {
        assertThat(IntervalCoverage.ofCalibrationError(model, 40, SAMPLES, new Seed(9))
                        .share())
                .isGreaterThanOrEqualTo(LEAST);
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
