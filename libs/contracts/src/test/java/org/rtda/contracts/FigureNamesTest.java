package org.rtda.contracts;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class FigureNamesTest {
    @Test
    void theAccuracyOfAClassIsToldFromEveryOtherFigure() {
        assertThat(FigureNames.ofClass("benign")).isEqualTo("accuracy of benign");
        assertThat(FigureNames.isOfClass(FigureNames.ofClass("benign"))).isTrue();
        assertThat(FigureNames.isOfClass(FigureNames.ACCURACY)).isFalse();
        assertThat(FigureNames.isOfClass(FigureNames.BALANCED_ACCURACY)).isFalse();
    }
}
