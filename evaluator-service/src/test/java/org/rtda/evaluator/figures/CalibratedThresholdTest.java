package org.rtda.evaluator.figures;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class CalibratedThresholdTest {
    private static final double[] DISEASE = {0.9, 0.31, 0.1, 0.7, 0.5, 0.05};
    private static final int[] LABELS = {1, 1, 1, 1, 0, 0};

    @Test
    void itIsTheGreatestThatFindsTheWantedShareOfTheDiseased() {
        // diseased .9 .7 .31 .1: three quarters are found from .31 on, one half from .7 on
        assertThat(CalibratedThreshold.of(DISEASE, LABELS, 0, 0.75).probability())
                .isEqualTo(0.31);
        assertThat(CalibratedThreshold.of(DISEASE, LABELS, 0, 0.5).probability())
                .isEqualTo(0.7);
        assertThat(CalibratedThreshold.of(DISEASE, LABELS, 0, 1).probability()).isEqualTo(0.1);
    }

    @Test
    void aShareThatNoWholeNumberOfImagesHasIsExceeded() {
        assertThat(CalibratedThreshold.of(DISEASE, LABELS, 0, 0.51).probability())
                .isEqualTo(0.31);
        assertThat(CalibratedThreshold.of(DISEASE, LABELS, 0, 0.01).probability())
                .isEqualTo(0.9);
    }

    @Test
    void itSaysWhereItComesFrom() {
        assertThat(CalibratedThreshold.of(DISEASE, LABELS, 0, 0.75).origin())
                .isEqualTo("probability of disease >= 0.31, set on 6 clean validation images for sensitivity 0.75");
        assertThat(CalibratedThreshold.of(new double[] {0.9991}, new int[] {1}, 0, 1)
                        .origin())
                .isEqualTo("probability of disease >= 0.9991, set on 1 clean validation images for sensitivity 1");
        assertThat(CalibratedThreshold.of(new double[] {0.00004567}, new int[] {1}, 0, 0.9)
                        .origin())
                .startsWith("probability of disease >= 0.000046,");
    }

    @Test
    void everyClassButTheHealthyOneIsDisease() {
        assertThat(CalibratedThreshold.of(new double[] {0.8, 0.6, 0.9}, new int[] {0, 2, 1}, 1, 1)
                        .probability())
                .isEqualTo(0.6);
    }

    @Test
    void withoutDiseasedImagesThereIsNone() {
        assertThat(CalibratedThreshold.of(new double[] {0.5}, new int[] {0}, 0, 0.9))
                .isEqualTo(new CalibratedThreshold(null, "no threshold: no diseased validation images"));
    }
}
