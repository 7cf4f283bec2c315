package org.rtda.core.metrics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;
import org.rtda.core.Seed;

class MetricsTest {
    private static final Seed SEED = new Seed(3);

    /** Newcombe, Statistics in Medicine 17 (1998), table I, method 3: 81 of 263, 15 of 148, 0 of 20, 1 of 29. */
    @Test
    void wilsonsIntervalIsNewcombesTable() {
        assertInterval(Wilson.interval(81, 263), 0.3080, 0.2553, 0.3662);
        assertInterval(Wilson.interval(15, 148), 0.1014, 0.0624, 0.1605);
        assertInterval(Wilson.interval(0, 20), 0, 0, 0.1611);
        assertInterval(Wilson.interval(1, 29), 0.0345, 0.0061, 0.1718);
    }

    @Test
    void wilsonsIntervalAtAllRightReachesOne() {
        assertInterval(Wilson.interval(20, 20), 1, 0.8389, 1);
    }

    @Test
    void fourOfSixRightIsTwoThirds() {
        Estimate accuracy = Accuracy.accuracy(new int[] {1, 1, 0, 0, 1, 0}, new int[] {1, 1, 1, 0, 0, 0});
        assertThat(accuracy.value()).isCloseTo(2 / 3.0, within(1e-12));
        assertThat(accuracy.n()).isEqualTo(6);
        assertThat(accuracy.low()).isBetween(0.29, 0.31);
        assertThat(accuracy.high()).isBetween(0.90, 0.91);
    }

    /** Positives: 1 of 2 found; negatives: 3 of 4 left alone; balanced (1/2 + 3/4) / 2 = 0.625, plain 4/6. */
    @Test
    void sensitivitySpecificityAndBalancedAccuracyOfSix() {
        int[] labels = {1, 1, 0, 0, 0, 0};
        int[] predicted = {1, 0, 0, 0, 0, 1};
        assertThat(Accuracy.sensitivity(predicted, labels).orElseThrow().value())
                .isEqualTo(0.5);
        assertThat(Accuracy.sensitivity(predicted, labels).orElseThrow().n()).isEqualTo(2);
        assertThat(Accuracy.specificity(predicted, labels).orElseThrow().value())
                .isEqualTo(0.75);
        Estimate balanced =
                BalancedAccuracy.balancedAccuracy(predicted, labels, 2, SEED).orElseThrow();
        assertThat(balanced.value()).isEqualTo(0.625);
        assertThat(balanced.n()).isEqualTo(6);
        // resampled: positives 0, 1/2 or 1, negatives 0 to 1 in quarters
        assertThat(balanced.low()).isBetween(0.125, 0.375);
        assertThat(balanced.high()).isEqualTo(1.0);
    }

    @Test
    void theMajorityRateIsTheCommonestClasssShare() {
        assertThat(Accuracy.majorityRate(new int[] {0, 2, 2, 1, 2}, 3).value()).isEqualTo(0.6);
    }

    /** Pairs: .8 beats .1 and .4, .4 beats .1 and ties .4, so 3.5 of 4. */
    @Test
    void aTieCountsHalfInTheAuroc() {
        Estimate auroc = Auroc.auroc(new double[] {0.1, 0.4, 0.4, 0.8}, new int[] {0, 0, 1, 1}, SEED)
                .orElseThrow();
        assertThat(auroc.value()).isEqualTo(0.875);
        assertThat(auroc.low()).isEqualTo(0.5);
        assertThat(auroc.high()).isEqualTo(1.0);
    }

    /**
     * Class 0 scores .8 .3 against .4 .1 .1: .8 beats three, .3 two, so 5 of 6; class 1 .2 against .3 .6 .5 .1: 1 of 4; class
     * 2 .5 .8 against .1 .1 .4: 6 of 6. The mean is (10 + 3 + 12) / 36.
     */
    @Test
    void theAurocOfThreeClassesIsTheMeanOfEachAgainstTheRest() {
        int[] labels = {0, 0, 1, 2, 2};
        double[][] scores = {{0.8, 0.3, 0.4, 0.1, 0.1}, {0.3, 0.6, 0.2, 0.5, 0.1}, {0.1, 0.1, 0.4, 0.5, 0.8}};
        Estimate auroc = Auroc.oneVersusRest(scores, labels, new Bootstrap(labels, 3, SEED))
                .orElseThrow();
        assertThat(auroc.value()).isCloseTo(25 / 36.0, within(1e-12));
        assertThat(auroc.n()).isEqualTo(5);
        assertThat(Auroc.oneVersusRest(scores, new int[5], new Bootstrap(new int[5], 3, SEED)))
                .isEmpty();
    }

    @Test
    void figuresThatShareABootstrapGetTheIntervalsThatEachWouldGetAlone() {
        double[] scores = {0.3, 0.1, 0.6, 0.2, 0.9, 0.5};
        int[] labels = {0, 0, 0, 1, 1, 1};
        double[][] probabilities = {{0.7, 0.3}, {0.9, 0.1}, {0.4, 0.6}, {0.8, 0.2}, {0.1, 0.9}, {0.5, 0.5}};
        Bootstrap shared = new Bootstrap(labels, 2, SEED);

        assertThat(Auroc.auroc(scores, labels, shared)).isEqualTo(Auroc.auroc(scores, labels, SEED));
        assertThat(BrierScore.brierScore(probabilities, labels, shared))
                .isEqualTo(BrierScore.brierScore(probabilities, labels, SEED));
        assertThat(CalibrationError.calibrationError(probabilities, labels, shared))
                .isEqualTo(CalibrationError.calibrationError(probabilities, labels, SEED));
    }

    /** 2100 images are too many to keep their resamples; every second is right, so the error of the mean is .5 / sqrt(2100). */
    @Test
    void ofManyImagesTheResamplesAreDrawnAgainToTheSameNumbers() {
        int[] labels = new int[2100];
        int[] predicted = new int[2100];
        for (int i = 0; i < labels.length; i++) {
            labels[i] = i / 1050;
            predicted[i] = i % 2;
        }
        Bootstrap shared = new Bootstrap(labels, 2, SEED);

        Estimate first =
                BalancedAccuracy.balancedAccuracy(predicted, labels, 2, shared).orElseThrow();

        assertThat(first.high()).isCloseTo(0.5 + 1.96 * 0.5 / Math.sqrt(2100), within(0.003));
        assertThat(BalancedAccuracy.balancedAccuracy(predicted, labels, 2, shared))
                .contains(first);
    }

    @Test
    void theAurocOfAConstantScoreIsAHalfAndOfAReversedOneZero() {
        int[] labels = {0, 1, 0, 1};
        assertThat(Auroc.auroc(new double[] {5, 5, 5, 5}, labels, SEED).orElseThrow())
                .isEqualTo(new Estimate(0.5, 0.5, 0.5, 4));
        assertThat(Auroc.auroc(new double[] {2, 1, 2, 1}, labels, SEED).orElseThrow())
                .isEqualTo(new Estimate(0, 0, 0, 4));
    }

    @Test
    void minusZeroTiesWithZero() {
        assertThat(Auroc.auroc(new double[] {0.0, -0.0}, new int[] {0, 1}, SEED)
                        .orElseThrow()
                        .value())
                .isEqualTo(0.5);
    }

    @Test
    void whatAnEmptyClassLeavesUndefinedIsAbsent() {
        int[] negatives = {0, 0, 0};
        int[] predicted = {0, 1, 0};
        assertThat(Auroc.auroc(new double[] {0.1, 0.2, 0.3}, negatives, SEED)).isEmpty();
        assertThat(Accuracy.sensitivity(predicted, negatives)).isEmpty();
        assertThat(Accuracy.specificity(predicted, negatives)).isPresent();
        assertThat(BalancedAccuracy.balancedAccuracy(predicted, negatives, 2, SEED))
                .isEmpty();
    }

    /**
     * Confidences .9 (right), .92 (wrong) fall into bin (13/15, 14/15], .6 (right) into (8/15, 9/15]: |.9 - 1 + .92 - 0| / 3
     * + |.6 - 1| / 3 = (.82 + .4) / 3.
     */
    @Test
    void calibrationErrorAddsTheDistanceOfEachBin() {
        double[][] probabilities = {{0.1, 0.9}, {0.08, 0.92}, {0.6, 0.4}};
        Estimate error = CalibrationError.calibrationError(probabilities, new int[] {1, 0, 0}, SEED);
        assertThat(error.value()).isCloseTo(1.22 / 3, within(1e-12));
        assertThat(error.n()).isEqualTo(3);
    }

    /** (.1^2 + .9^2 + .5^2) / 3. */
    @Test
    void theBrierScoreOfTwoClassesIsTheMeanSquareOfPMinusY() {
        double[][] probabilities = {{0.1, 0.9}, {0.1, 0.9}, {0.5, 0.5}};
        Estimate score = BrierScore.brierScore(probabilities, new int[] {1, 0, 1}, SEED);
        assertThat(score.value()).isCloseTo((0.01 + 0.81 + 0.25) / 3, within(1e-12));
    }

    /** Three classes: half of (.5^2 + .3^2 + .2^2). */
    @Test
    void theBrierScoreOfThreeClassesStaysInUnitRange() {
        assertThat(BrierScore.brierScore(new double[][] {{0.5, 0.3, 0.2}}, new int[] {0}, SEED)
                        .value())
                .isCloseTo(0.19, within(1e-12));
        assertThat(BrierScore.brierScore(new double[][] {{0, 1, 0}}, new int[] {0}, SEED)
                        .value())
                .isEqualTo(1.0);
    }

    @Test
    void theSameSeedGivesTheSameInterval() {
        double[] scores = {0.3, 0.1, 0.6, 0.2, 0.9, 0.5};
        int[] labels = {0, 0, 0, 1, 1, 1};
        assertThat(Auroc.auroc(scores, labels, new Seed(1))).isEqualTo(Auroc.auroc(scores, labels, new Seed(1)));
    }

    /** For 100 of 200 right in each of two classes the error of the mean is sqrt(.25/200/2) = .025. */
    @Test
    void theBootstrapIntervalHasTheNormalWidth() {
        int[] labels = new int[400];
        int[] predicted = new int[400];
        for (int i = 0; i < 400; i++) {
            labels[i] = i / 200;
            predicted[i] = i % 2;
        }
        Estimate balanced =
                BalancedAccuracy.balancedAccuracy(predicted, labels, 2, SEED).orElseThrow();
        assertThat(balanced.value()).isEqualTo(0.5);
        assertThat(balanced.low()).isCloseTo(0.5 - 1.96 * 0.025, within(0.005));
        assertThat(balanced.high()).isCloseTo(0.5 + 1.96 * 0.025, within(0.005));
    }

    @Test
    void percentilesLieBetweenRanks() {
        assertThat(Bootstrap.percentile(new double[] {0, 10}, 0.025)).isEqualTo(0.25);
        assertThat(Bootstrap.percentile(new double[] {7}, 0.975)).isEqualTo(7);
    }

    @Test
    void aThresholdIsReachedFromBelow() {
        assertThat(Accuracy.atThreshold(new double[] {0.49, 0.5, 0.51}, 0.5)).containsExactly(0, 1, 1);
    }

    @Test
    void badInputIsNamedWithItsValue() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Accuracy.accuracy(new int[] {1}, new int[] {1, 0}))
                .withMessage("predictions and labels must be equally many, were 1 and 2");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> BalancedAccuracy.balancedAccuracy(new int[] {1}, new int[] {2}, 2, SEED))
                .withMessage("labels must be in [0, 1], was 2");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Auroc.auroc(new double[] {Double.NaN, 1}, new int[] {0, 1}, SEED))
                .withMessageContaining("NaN");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> BrierScore.brierScore(new double[][] {{0.5, 0.6}}, new int[] {0}, SEED))
                .withMessageContaining("sum to 1");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> CalibrationError.calibrationError(new double[0][], new int[0], SEED))
                .withMessageContaining("at least one image");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Auroc.auroc(new double[2], new int[2], new Bootstrap(new int[3], 2, SEED)))
                .withMessageContaining("of 3 and labels are 2");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new Estimate(Double.NaN, 0, 1, 3))
                .withMessageContaining("NaN");
    }

    private static void assertInterval(Estimate estimate, double value, double low, double high) {
        assertThat(estimate.value()).isCloseTo(value, within(5e-5));
        assertThat(estimate.low()).isCloseTo(low, within(5e-5));
        assertThat(estimate.high()).isCloseTo(high, within(5e-5));
    }
}
