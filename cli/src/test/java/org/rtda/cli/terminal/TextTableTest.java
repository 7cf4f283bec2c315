package org.rtda.cli.terminal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class TextTableTest {

    @Test
    void columnsAreAsWideAsTheyNeedToBe() {
        assertThat(new TextTable("a", "long header")
                        .row("longer cell", "b")
                        .row("c", "")
                        .text())
                .isEqualTo("""
                        a            long header
                        -----------  -----------
                        longer cell  b
                        c""");
    }

    @Test
    void aRowOfAnotherLengthIsRefused() {
        TextTable table = new TextTable("a", "b");

        assertThatThrownBy(() -> table.row("only one")).hasMessage("a row needs 2 cells, got 1");
    }
}
