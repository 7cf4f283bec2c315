package org.rtda.core.metrics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class MetricsTest {
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
                BalancedAccuracy.balancedAccuracy(predicted, labels, 2).orElseThrow();
        assertThat(balanced.value()).isEqualTo(0.625);
        assertThat(balanced.n()).isEqualTo(6);
        // exact: 1 of 2 [.0126, .9874], 3 of 4 [.1941, .9937]; sqrt(.4874^2 + .5559^2) / 2 = .3697 below .625,
        // sqrt(.4874^2 + .2437^2) / 2 = .2725 above it
        assertThat(balanced.low()).isCloseTo(0.2553, within(1e-4));
        assertThat(balanced.high()).isCloseTo(0.8975, within(1e-4));
    }

    @Test
    void theMajorityRateIsTheCommonestClasssShare() {
        assertThat(Accuracy.majorityRate(new int[] {0, 2, 2, 1, 2}, 3).value()).isEqualTo(0.6);
    }

    /** Pairs: .8 beats .1 and .4, .4 beats .1 and ties .4, so 3.5 of 4. */
    @Test
    void aTieCountsHalfInTheAuroc() {
        Estimate auroc = Auroc.auroc(new double[] {0.1, 0.4, 0.4, 0.8}, new int[] {0, 0, 1, 1})
                .orElseThrow();
        assertThat(auroc.value()).isEqualTo(0.875);
        assertThat(auroc.low()).isLessThan(0.5);
        assertThat(auroc.high()).isGreaterThan(0.98);
    }

    /**
     * Class 0 scores .8 .3 against .4 .1 .1: .8 beats three, .3 two, so 5 of 6; class 1 .2 against .3 .6 .5 .1: 1 of 4; class
     * 2 .5 .8 against .1 .1 .4: 6 of 6. The mean is (10 + 3 + 12) / 36.
     */
    @Test
    void theAurocOfThreeClassesIsTheMeanOfEachAgainstTheRest() {
        int[] labels = {0, 0, 1, 2, 2};
        double[][] scores = {{0.8, 0.3, 0.4, 0.1, 0.1}, {0.3, 0.6, 0.2, 0.5, 0.1}, {0.1, 0.1, 0.4, 0.5, 0.8}};
        Estimate auroc = Auroc.oneVersusRest(scores, labels).orElseThrow();
        assertThat(auroc.value()).isCloseTo(25 / 36.0, within(1e-12));
        assertThat(auroc.n()).isEqualTo(5);
        assertThat(Auroc.oneVersusRest(scores, new int[5])).isEmpty();
    }

    @Test
    void theAurocOfAConstantScoreIsAHalfAndOfAReversedOneZero() {
        int[] labels = {0, 1, 0, 1};
        assertThat(Auroc.auroc(new double[] {5, 5, 5, 5}, labels).orElseThrow())
                .satisfies(area -> assertThat(area.value()).isEqualTo(0.5))
                .satisfies(area -> assertThat(area.high() - area.low()).isGreaterThan(0.5));
        assertThat(Auroc.auroc(new double[] {2, 1, 2, 1}, labels).orElseThrow())
                .satisfies(area -> assertThat(area.value()).isZero())
                .satisfies(area -> assertThat(area.low()).isZero())
                .satisfies(area -> assertThat(area.high()).isGreaterThan(0.3));
    }

    @Test
    void minusZeroTiesWithZero() {
        assertThat(Auroc.auroc(new double[] {0.0, -0.0}, new int[] {0, 1})
                        .orElseThrow()
                        .value())
                .isEqualTo(0.5);
    }

    @Test
    void whatAnEmptyClassLeavesUndefinedIsAbsent() {
        int[] negatives = {0, 0, 0};
        int[] predicted = {0, 1, 0};
        assertThat(Auroc.auroc(new double[] {0.1, 0.2, 0.3}, negatives)).isEmpty();
        assertThat(Accuracy.sensitivity(predicted, negatives)).isEmpty();
        assertThat(Accuracy.specificity(predicted, negatives)).isPresent();
        assertThat(BalancedAccuracy.balancedAccuracy(predicted, negatives, 2)).isEmpty();
    }

    /**
     * Confidences .9 (right), .92 (wrong) fall into bin (13/15, 14/15], .6 (right) into (8/15, 9/15]: |.9 - 1 + .92 - 0| / 3
     * + |.6 - 1| / 3 = (.82 + .4) / 3.
     */
    @Test
    void calibrationErrorAddsTheDistanceOfEachBin() {
        double[][] probabilities = {{0.1, 0.9}, {0.08, 0.92}, {0.6, 0.4}};
        Estimate error = CalibrationError.calibrationError(probabilities, new int[] {1, 0, 0});
        assertThat(error.value()).isCloseTo(1.22 / 3, within(1e-12));
        assertThat(error.n()).isEqualTo(3);
    }

    /** (.1^2 + .9^2 + .5^2) / 3. */
    @Test
    void theBrierScoreOfTwoClassesIsTheMeanSquareOfPMinusY() {
        double[][] probabilities = {{0.1, 0.9}, {0.1, 0.9}, {0.5, 0.5}};
        Estimate score = BrierScore.brierScore(probabilities, new int[] {1, 0, 1});
        assertThat(score.value()).isCloseTo((0.01 + 0.81 + 0.25) / 3, within(1e-12));
    }

    /** Three classes: half of (.5^2 + .3^2 + .2^2). */
    @Test
    void theBrierScoreOfThreeClassesStaysInUnitRange() {
        assertThat(BrierScore.brierScore(new double[][] {{0.5, 0.3, 0.2}}, new int[] {0})
                        .value())
                .isCloseTo(0.19, within(1e-12));
        assertThat(BrierScore.brierScore(new double[][] {{0, 1, 0}}, new int[] {0})
                        .value())
                .isEqualTo(1.0);
    }

    /** For 100 of 200 right in each of two classes the error of the mean is sqrt(.25/200/2) = .025. */
    @Test
    void balancedAccuracysIntervalOfManyImagesHasTheNormalWidth() {
        int[] labels = new int[400];
        int[] predicted = new int[400];
        for (int i = 0; i < 400; i++) {
            labels[i] = i / 200;
            predicted[i] = i % 2;
        }
        Estimate balanced =
                BalancedAccuracy.balancedAccuracy(predicted, labels, 2).orElseThrow();
        assertThat(balanced.value()).isEqualTo(0.5);
        assertThat(balanced.low()).isCloseTo(0.5 - 1.96 * 0.025, within(0.005));
        assertThat(balanced.high()).isCloseTo(0.5 + 1.96 * 0.025, within(0.005));
    }

    /** Newcombe's method 5 for an area of 1 of 20 and 20: at .8990 its variance is the square of .1010 / 1.96. */
    @Test
    void anAreaOfOneHasAnIntervalWithAWidth() {
        double[] scores = new double[40];
        int[] labels = new int[40];
        for (int i = 0; i < 40; i++) {
            scores[i] = i;
            labels[i] = i / 20;
        }
        Estimate area = Auroc.auroc(scores, labels).orElseThrow();

        double low = area.low();
        double spread = 1 + 19 * ((1 - low) / (2 - low) + low / (1 + low));
        assertThat(area.value()).isEqualTo(1);
        assertThat(area.high()).isEqualTo(1);
        assertThat((1 - low) / 1.959964).isCloseTo(Math.sqrt(low * (1 - low) * spread / 400), within(1e-6));
        assertThat(low).isCloseTo(0.899, within(1e-3));
    }

    /** Sure and right: Wilson's 20 of 20 with confidence 1 may be off by 1 - .8389, the exact interval by 1 - .025^(1/20). */
    @Test
    void calibrationAndBrierScoreOfASureAndRightModelHaveIntervalsWithAWidth() {
        double[][] probabilities = new double[20][];
        int[] labels = new int[20];
        for (int i = 0; i < 20; i++) {
            labels[i] = i % 2;
            probabilities[i] = i % 2 == 0 ? new double[] {1, 0} : new double[] {0, 1};
        }
        assertInterval(CalibrationError.calibrationError(probabilities, labels), 0, 0, 0.1611);
        assertInterval(BrierScore.brierScore(probabilities, labels), 0, 0, 0.1684);
    }

    /**
     * As in a set of five classes and 30 images: 14, 8, 5, 2 and 1, of which classes 0, 1 and 3 are right throughout and 2 and 4
     * wrong. Exact intervals end at .025^(1/n): 14 .7684, 8 .6306, 2 .1581, and at 1 - .025^(1/n): 5 .5218, 1 .975. Below
     * sqrt(.2316^2 + .3694^2 + .8419^2) / 5 = .1896, above sqrt(.5218^2 + .975^2) / 5 = .2212.
     */
    @Test
    void classesThatAreAllRightOrAllWrongLeaveBalancedAccuracyAWidth() {
        int[] sizes = {14, 8, 5, 2, 1};
        int[] labels = new int[30];
        int[] predicted = new int[30];
        int at = 0;
        for (int k = 0; k < 5; k++) {
            for (int i = 0; i < sizes[k]; i++) {
                labels[at] = k;
                predicted[at++] = k == 2 || k == 4 ? 0 : k;
            }
        }
        Estimate balanced =
                BalancedAccuracy.balancedAccuracy(predicted, labels, 5).orElseThrow();
        assertThat(balanced.value()).isCloseTo(0.6, within(1e-12));
        assertThat(balanced.low()).isCloseTo(0.6 - 0.1896, within(1e-4));
        assertThat(balanced.high()).isCloseTo(0.6 + 0.2212, within(1e-4));
    }

    /** Scores .25 and .25 have no spread of their own; with one of 0 and one of 1 more they have (.0625 + .5625) / 4 = .15625. */
    @Test
    void brierScoresThatAreAllAlikeAreNotTakenForExact() {
        double[][] probabilities = {{0.5, 0.5}, {0.5, 0.5}};
        Estimate score = BrierScore.brierScore(probabilities, new int[] {0, 1});

        // .15625 / (.25 x .75) = 5/6 of a proportion's variance, so worth 2.4 images, .6 of them wrong
        assertThat(score).isEqualTo(ClopperPearson.ofMean(0.25, 2, 5 / 6.0));
        assertThat(score.low()).isLessThan(0.01);
        assertThat(score.high()).isGreaterThan(0.8);
    }

    /** Whole counts: 1 of 29 exactly is [.0009, .1776] (Newcombe 1998, table I, method 5). */
    @Test
    void theExactIntervalOfAMeanIsThatOfAProportionAtWholeCounts() {
        assertInterval(ClopperPearson.interval(1, 29), 1 / 29.0, 0.0009, 0.1776);
        assertInterval(ClopperPearson.ofMean(1 / 29.0, 29, 1), 1 / 29.0, 0.0009, 0.1776);
        assertInterval(ClopperPearson.ofMean(0, 20, 1), 0, 0, 0.1684);
        assertInterval(ClopperPearson.ofMean(1, 20, 1), 1, 0.8316, 1);
        assertInterval(ClopperPearson.ofMean(1e-9, 20, 1), 0, 0, 0.1684);
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
                .isThrownBy(() -> BalancedAccuracy.balancedAccuracy(new int[] {1}, new int[] {2}, 2))
                .withMessage("labels must be in [0, 1], was 2");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Auroc.auroc(new double[] {Double.NaN, 1}, new int[] {0, 1}))
                .withMessageContaining("NaN");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> BrierScore.brierScore(new double[][] {{0.5, 0.6}}, new int[] {0}))
                .withMessageContaining("sum to 1");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> CalibrationError.calibrationError(new double[0][], new int[0]))
                .withMessageContaining("at least one image");
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
