package org.rtda.contracts;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class FigureTest {

    @Test
    void aFigureWithoutAValueHasANoteInstead() {
        assertThat(Figure.undefined("auroc", 12, "every image has the same label")
                        .value())
                .isNull();
    }

    @Test
    void aValueComesWithItsInterval() {
        assertThatThrownBy(() -> new Figure("accuracy", 0.5, null, 0.7, 12, null))
                .hasMessage("accuracy.low must be present, was null");
        assertThatThrownBy(() -> new Figure("accuracy", 0.5, 0.3, Double.NaN, 12, null))
                .hasMessage("accuracy.high must be in [0, 1], was NaN");
    }
}
