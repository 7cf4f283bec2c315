package org.rtda.nn.pytorch.attack;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.stream.Stream;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class LogitLossTest {
    private static final Offset<Double> EXACT = within(1e-12);
    private static final int[] FIRST = {0};

    @Test
    void crossEntropyOfThreeToOneOdds() {
        float[] logits = {(float) Math.log(3), 0};
        LogitLoss loss = new CrossEntropyLoss(FIRST);
        assertThat(loss.value(logits, 0)).isCloseTo(Math.log(4.0 / 3), within(1e-7));
        assertThat(slope(loss, logits)).containsExactly(new double[] {-0.25, 0.25}, within(1e-7));
        assertThat(new CrossEntropyLoss(new int[] {1}).value(logits, 0)).isCloseTo(Math.log(4), within(1e-7));
    }

    @Test
    void aConfidentSoftmaxStillHasASlopeForItsOwnClass() {
        // in single precision 1 - p is 0 from a difference of 17 on
        double probability = Math.exp(-50) / (1 + Math.exp(-50));
        assertThat(slope(new CrossEntropyLoss(FIRST), 50, 0))
                .containsExactly(new double[] {-probability, probability}, within(1e-30));
    }

    @Test
    void aLoweredLossHasTheOtherSign() {
        LogitLoss loss = new LoweredLoss(new CrossEntropyLoss(FIRST));
        float[] logits = {(float) Math.log(3), 0};
        assertThat(loss.value(logits, 0)).isCloseTo(-Math.log(4.0 / 3), within(1e-7));
        assertThat(slope(loss, logits)).containsExactly(new double[] {0.25, -0.25}, within(1e-7));
    }

    @Test
    void theMarginIsToTheLargestWrongClass() {
        LogitLoss loss = new MarginLoss(new int[] {1});
        assertThat(loss.value(new float[] {4, 1, 3}, 0)).isEqualTo(3);
        assertThat(slope(loss, 4, 1, 3)).containsExactly(1, -1, 0);
        assertThat(new MarginLoss(FIRST).value(new float[] {4, 1, 3}, 0)).isEqualTo(-1);
    }

    @Test
    void theRatioOfARightImageIsItsLeadOverTheSpreadToTheThird() {
        assertThat(new LogitsRatioLoss(FIRST, null).value(new float[] {4, 1, 3}, 0))
                .isCloseTo(-1.0 / 3, EXACT);
        assertThat(new LogitsRatioLoss(new int[] {1}, null).value(new float[] {4, 1, 3}, 0))
                .isCloseTo(1, EXACT);
    }

    @Test
    void theRatioDoesNotSeeAScaleOfTheLogits() {
        LogitLoss loss = new LogitsRatioLoss(FIRST, null);
        assertThat(loss.value(new float[] {4000, 1000, 3000}, 0)).isCloseTo(-1.0 / 3, EXACT);
    }

    @Test
    void theTargetedRatioHasTheMeanOfThirdAndFourthBelow() {
        LogitLoss loss = new LogitsRatioLoss(FIRST, new int[] {2});
        assertThat(loss.value(new float[] {5, 1, 2, 4}, 0)).isCloseTo(-3 / 3.5, EXACT);
    }

    @Test
    void theDivergenceFromItselfIsNothingAndHasNoSlope() {
        LogitLoss loss = new DivergenceLoss(new float[][] {{1, -2, 0.5f}});
        assertThat(loss.value(new float[] {1, -2, 0.5f}, 0)).isZero();
        assertThat(slope(loss, 1, -2, 0.5f)).containsExactly(0, 0, 0);
        assertThat(loss.value(new float[] {0, 0, 0}, 0)).isPositive();
    }

    @Test
    void classesAreRankedByTheirLogits() {
        assertThat(LogitLoss.ranked(new float[] {1, 5, 5, -2, 7})).containsExactly(4, 1, 2, 0, 3);
        assertThat(LogitLoss.predicted(new float[] {1, 5, 5})).isEqualTo(1);
        assertThat(LogitLoss.largestBut(new float[] {1, 5, 4}, 1)).isEqualTo(2);
        assertThat(LogitLoss.largestBut(new float[] {9, 5}, 0)).isEqualTo(1);
    }

    @ParameterizedTest
    @MethodSource("losses")
    void slopesAreWhatSmallChangesDo(LogitLoss loss) {
        float[] logits = {0.5f, -1.25f, 2, 0.75f, -0.5f};
        double[] slope = slope(loss, logits);
        for (int j = 0; j < logits.length; j++) {
            float[] up = logits.clone();
            float[] down = logits.clone();
            up[j] += 1f / 1024;
            down[j] -= 1f / 1024;
            double change = (loss.value(up, 0) - loss.value(down, 0)) * 512;
            assertThat(slope[j]).as("logit %d", j).isCloseTo(change, within(1e-5));
        }
    }

    private static Stream<LogitLoss> losses() {
        int[] label = {3};
        return Stream.of(
                new CrossEntropyLoss(label),
                new LoweredLoss(new CrossEntropyLoss(label)),
                new DivergenceLoss(new float[][] {{1, 0, -1, 0.5f, 2}}),
                new MarginLoss(label),
                new LogitDifferenceLoss(label, new int[] {0}),
                new LogitsRatioLoss(label, null),
                new LogitsRatioLoss(new int[] {2}, null),
                new LogitsRatioLoss(label, new int[] {4}));
    }

    private static double[] slope(LogitLoss loss, float... logits) {
        double[] slope = new double[logits.length];
        loss.derive(logits, 0, slope);
        return slope;
    }
}
