package org.rtda.report;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class ChartTitleTest {
    /** 564 pixels hold 74 letters of 7.6. */
    @Test
    void aLongTitleIsBrokenBetweenWordsAndMakesRoom() {
        ChartTitle title = ChartTitle.of("a".repeat(40) + " " + "b".repeat(33) + " " + "c".repeat(80));

        assertThat(title.lines()).containsExactly("a".repeat(40) + " " + "b".repeat(33), "c".repeat(74), "c".repeat(6));
        assertThat(title.height()).isEqualTo(54);
    }

    @Test
    void aShortTitleIsOneLine() {
        assertThat(ChartTitle.of("loss by step").lines()).containsExactly("loss by step");
    }
}
