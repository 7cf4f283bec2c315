package org.rtda.core.metrics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ComparisonsTest {

    /** Six discordant images, one of them the first's: 2 (C(6,0) + C(6,1)) / 2^6 = 14/64. */
    @Test
    void mcNemarCountsTheTailOfAFairCoin() {
        boolean[] first = {true, true, true, false, false, false, false, false, false, true};
        boolean[] second = {true, false, true, true, true, true, true, true, false, true};
        McNemar test = McNemar.of(first, second);
        assertThat(test.onlyFirst()).isEqualTo(1);
        assertThat(test.onlySecond()).isEqualTo(5);
        assertThat(test.n()).isEqualTo(10);
        assertThat(test.pValue()).isCloseTo(14.0 / 64, within(1e-14));
        assertThat(McNemar.of(second, first).pValue()).isEqualTo(test.pValue());
    }

    @Test
    void classifiersThatErrAlikeOrEquallyOftenAreNotToldApart() {
        boolean[] right = {true, true, false};
        assertThat(McNemar.of(right, right).pValue()).isEqualTo(1);
        // 2 (1 + 2) / 4 is above 1
        assertThat(McNemar.of(new boolean[] {true, false}, new boolean[] {false, true})
                        .pValue())
                .isEqualTo(1);
    }

    /** The normal approximation with continuity correction, z = (|900 - 1100| - 1) / sqrt(2000) = 4.4498: p = 8.6e-6. */
    @Test
    void mcNemarOfThousandsAgreesWithTheNormalApproximation() {
        boolean[] first = new boolean[2000];
        Arrays.fill(first, 0, 900, true);
        boolean[] second = new boolean[2000];
        Arrays.fill(second, 900, 2000, true);
        assertThat(McNemar.of(first, second).pValue()).isBetween(8.3e-6, 8.9e-6);
    }

    @Test
    void differentImagesAreRefused() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> McNemar.of(new boolean[3], new boolean[4]))
                .withMessageContaining("3 and 4");
    }

    /** Rising: .005 x 4, .01 x 3, .03 x 2, then .04 x 1 raised to the .06 before it. */
    @Test
    void holmStepsDownAndNeverFallsBack() {
        double[] adjusted = MultipleTests.holm(0.01, 0.04, 0.03, 0.005);
        assertThat(adjusted[0]).isCloseTo(0.03, within(1e-15));
        assertThat(adjusted[1]).isCloseTo(0.06, within(1e-15));
        assertThat(adjusted[2]).isCloseTo(0.06, within(1e-15));
        assertThat(adjusted[3]).isCloseTo(0.02, within(1e-15));
        assertThat(MultipleTests.holm(0.7, 0.8)).containsExactly(1, 1);
        assertThat(MultipleTests.holm()).isEmpty();
    }

    @Test
    void pValuesThatDependOnEachOtherCombineToTwiceTheirMean() {
        assertThat(MultipleTests.combined(0.01, 0.03, 0.02)).isCloseTo(0.04, within(1e-15));
        assertThat(MultipleTests.combined(0.9, 0.8)).isEqualTo(1);
        assertThat(MultipleTests.combined(0.03)).isEqualTo(0.03);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> MultipleTests.combined(0.1, Double.NaN))
                .withMessage("p-values must be in [0, 1], was NaN");
    }

    /**
     * Fisher and Yates' table of t at 5%, two-sided. Half of the values are 0 and half 1 (one more 1 where their number is odd),
     * so that the half width is t times the deviation over the root of their number.
     */
    @ParameterizedTest
    @CsvSource({"1,12.7062047", "2,4.3026527", "3,3.1824463", "4,2.7764451", "9,2.2621572", "30,2.0422725"})
    void theHalfWidthIsStudentsQuantileOfTheTable(int degreesOfFreedom, double quantile) {
        double[] values = IntStream.rangeClosed(0, degreesOfFreedom)
                .mapToDouble(i -> i % 2 == 0 ? 1 : 0)
                .toArray();
        SampleMean mean = SampleMean.of(values).orElseThrow();

        assertThat((mean.high() - mean.mean()) / mean.deviation() * Math.sqrt(values.length))
                .isCloseTo(quantile, within(1e-6));
    }

    /**
     * One degree of freedom is Cauchy's distribution, two have 1 - t / sqrt(2 + t^2). The values t - 1 and t + 1 have the mean t and
     * its standard error 1; so have t and t - sqrt(3), t + sqrt(3).
     */
    @ParameterizedTest
    @CsvSource({"0.000001", "0.1", "1", "2.5", "40"})
    void studentsTailsHaveTheirClosedForms(double t) {
        double spread = Math.sqrt(3);

        assertThat(SampleMean.of(t - 1, t + 1).orElseThrow().pValueOfZero().orElseThrow())
                .isCloseTo(1 - 2 * Math.atan(t) / Math.PI, within(1e-9));
        assertThat(SampleMean.of(-t - spread, -t, -t + spread)
                        .orElseThrow()
                        .pValueOfZero()
                        .orElseThrow())
                .isCloseTo(1 - t / Math.sqrt(2 + t * t), within(1e-9));
    }

    /** .6, .7, .8: mean .7, deviation .1, half width 4.3027 x .1 / sqrt(3) = .24841. */
    @Test
    void theMeanOfThreeSeedsHasStudentsInterval() {
        SampleMean mean = SampleMean.of(0.6, 0.7, 0.8).orElseThrow();
        assertThat(mean.mean()).isCloseTo(0.7, within(1e-15));
        assertThat(mean.deviation()).isCloseTo(0.1, within(1e-15));
        assertThat(mean.low()).isCloseTo(0.7 - 0.248414, within(1e-6));
        assertThat(mean.high()).isCloseTo(0.7 + 0.248414, within(1e-6));
        assertThat(mean.count()).isEqualTo(3);
    }

    /** .9 - .8 and .8 - .7 differ by 1e-16, which is rounding. */
    @Test
    void valuesThatDifferByRoundingShowNoSpread() {
        SampleMean alike = SampleMean.of(0.9 - 0.8, 0.8 - 0.7, 0.1).orElseThrow();
        assertThat(alike.showsSpread()).isFalse();
        assertThat(alike.deviation()).isZero();
        assertThat(alike.low()).isEqualTo(alike.high());
        assertThat(SampleMean.of(0.1, 0.1001).orElseThrow().showsSpread()).isTrue();
    }

    /** Without a discordant image Tango's ends solve n d / (1 - d) = 1.96^2: d = 3.8415 / (30 + 3.8415) = .1135. */
    @Test
    void classifiersThatAgreeOnEveryImageHaveADifferenceWithAWidth() {
        Estimate difference = PairedDifference.ofAccuracies(new McNemar(0, 0, 30, 1));
        assertThat(difference.value()).isZero();
        assertThat(difference.low()).isCloseTo(-0.11351, within(1e-5));
        assertThat(difference.high()).isCloseTo(0.11351, within(1e-5));
    }

    /**
     * At an end the difference is 1.96 standard errors away, with the shares that make the counts likeliest: found here by
     * trying all shares of a fine grid instead of by Tango's closed form.
     */
    @ParameterizedTest
    @CsvSource({"12,2,50", "1,7,21", "0,5,30", "9,0,10", "300,250,2000"})
    void tangosEndsAreOneAndNineSixStandardErrorsAway(int onlyFirst, int onlySecond, int n) {
        Estimate difference = PairedDifference.ofAccuracies(new McNemar(onlyFirst, onlySecond, n, 1));
        for (double end : new double[] {difference.low(), difference.high()}) {
            double likeliest = 0;
            double most = Double.NEGATIVE_INFINITY;
            for (int i = 1; i < 100_000; i++) {
                double second = i / 100_000.0;
                double first = second + end;
                if (first > 0 && first + second < 1) {
                    double likelihood = onlyFirst * Math.log(first)
                            + onlySecond * Math.log(second)
                            + (n - onlyFirst - onlySecond) * Math.log1p(-first - second);
                    if (likelihood > most) {
                        most = likelihood;
                        likeliest = second;
                    }
                }
            }
            double standardError = Math.sqrt((2 * likeliest + end * (1 - end)) / n);
            assertThat(Math.abs(difference.value() - end) / standardError).isCloseTo(1.96, within(0.005));
        }
        Estimate reversed = PairedDifference.ofAccuracies(new McNemar(onlySecond, onlyFirst, n, 1));
        assertThat(reversed.low()).isCloseTo(-difference.high(), within(1e-9));
    }

    /** .9 [.8, .95] less .6 [.5, .8]: .3, less sqrt(.1^2 + .2^2) = .2236, and sqrt(.05^2 + .1^2) = .1118 more. */
    @Test
    void theDifferenceOfTwoFiguresCombinesTheirIntervals() {
        Estimate difference =
                PairedDifference.ofFigures(new Estimate(0.9, 0.8, 0.95, 40), new Estimate(0.6, 0.5, 0.8, 30));
        assertThat(difference.value()).isCloseTo(0.3, within(1e-12));
        assertThat(difference.low()).isCloseTo(0.0764, within(1e-4));
        assertThat(difference.high()).isCloseTo(0.4118, within(1e-4));
        assertThat(difference.n()).isEqualTo(30);
    }

    /** Differences .1, .2, .3: t = .2 / (.1 / sqrt(3)) = 2 sqrt(3), so 1 - sqrt(12 / 14) = .07418. */
    @Test
    void thePairedTestOfThreeDifferences() {
        assertThat(SampleMean.of(0.1, 0.2, 0.3).orElseThrow().pValueOfZero().orElseThrow())
                .isCloseTo(1 - Math.sqrt(12.0 / 14), within(1e-12));
    }

    @Test
    void withoutSpreadThereIsNoTest() {
        assertThat(SampleMean.of(0.5)).isEmpty();
        assertThat(SampleMean.of(0.25, 0.25).orElseThrow().pValueOfZero()).isEmpty();
        assertThat(SampleMean.of(0, 0).orElseThrow().pValueOfZero()).contains(1.0);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> SampleMean.of(0.5, Double.NaN))
                .withMessage("values must be finite, was NaN");
    }
}
