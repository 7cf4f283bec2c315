package org.rtda.core.metrics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import org.junit.jupiter.api.Test;

class ConstantAnswerTest {
    private static final int[] NINETEEN_OF_TWENTY = {1, 1, 1, 1, 1, 1, 1, 1, 1, 0, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1};

    @Test
    void namingTheCommonestClassScoresItsShareInAccuracyButOneHalfInBalancedAccuracy() {
        ConstantAnswer answer = ConstantAnswer.of(NINETEEN_OF_TWENTY, 2);

        assertThat(answer.namedClass()).isEqualTo(1);
        assertThat(answer.accuracy()).isEqualTo(0.95);
        assertThat(answer.balancedAccuracy()).isEqualTo(0.5);
        assertThat(answer.auroc()).isEqualTo(0.5);
        assertThat(answer.accuracyOf(0)).isZero();
        assertThat(answer.accuracyOf(1)).isEqualTo(1);
    }

    @Test
    void sensitivityAndSpecificityAreOneOrZeroByTheClassThatItNames() {
        ConstantAnswer namesClassOne = ConstantAnswer.of(NINETEEN_OF_TWENTY, 2);

        assertThat(namesClassOne.sensitivity(0)).isEqualTo(1);
        assertThat(namesClassOne.specificity(0)).isZero();
        assertThat(namesClassOne.sensitivity(1)).isZero();
        assertThat(namesClassOne.specificity(1)).isEqualTo(1);
    }

    @Test
    void ofFiveClassesBalancedAccuracyIsAFifth() {
        assertThat(ConstantAnswer.of(new int[] {0, 1, 2, 3, 4, 2}, 5).balancedAccuracy())
                .isEqualTo(0.2);
    }

    @Test
    void ofEquallyCommonClassesTheFirstIsNamed() {
        assertThat(ConstantAnswer.of(new int[] {2, 1, 2, 1}, 3).namedClass()).isEqualTo(1);
    }

    @Test
    void theFrequenciesScoreWhatTheFiguresThemselvesSayOfThem() {
        // f = (0.4, 0.6): (1 - 0.16 - 0.36) / 2 = 0.24
        int[] labels = {0, 0, 1, 1, 1};
        double[][] frequencies = new double[labels.length][];
        Arrays.fill(frequencies, new double[] {0.4, 0.6});
        ConstantAnswer answer = ConstantAnswer.of(labels, 2);

        assertThat(answer.brierScore()).isCloseTo(0.24, within(1e-12));
        assertThat(BrierScore.brierScore(frequencies, labels).value()).isCloseTo(answer.brierScore(), within(1e-12));
        assertThat(CalibrationError.calibrationError(frequencies, labels).value())
                .isCloseTo(answer.calibrationError(), within(1e-12));
    }

    @Test
    void withoutImagesThereIsNoAnswerToScore() {
        assertThatThrownBy(() -> ConstantAnswer.of(new int[0], 2))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("there must be at least one image, was none");
    }
}
