package org.rtda.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class SharedRemarksTest {
    private static ReportFigure figure(int n, double constant) {
        return ReportFigure.builder()
                .value(0.75)
                .low(0.5)
                .high(0.9)
                .n(n)
                .constant(constant)
                .build();
    }

    private static Table table(ReportFigure... figures) {
        return new Table(
                null,
                List.of("Row", "Value"),
                java.util.Arrays.stream(figures)
                        .map(each -> Table.Row.of(TableCell.text("a"), TableCell.figure(each, List.of())))
                        .toList());
    }

    @Test
    void whatAllFiguresOfAColumnShareIsSaidOnceBelowIt() {
        SharedRemarks remarks = new SharedRemarks(table(figure(80, 0.5), figure(80, 0.625)));

        assertThat(remarks.below(1)).isEqualTo("n 80");
        assertThat(remarks.beside(1, figure(80, 0.625))).isEqualTo("constant 0.625");
        assertThat(remarks.below(0)).isEmpty();
    }

    @Test
    void whereOneFigureHasNoNTheOthersSayTheirs() {
        SharedRemarks remarks = new SharedRemarks(
                table(figure(80, 0.5), ReportFigure.builder().value(0.5).build()));

        assertThat(remarks.any()).isFalse();
        assertThat(remarks.beside(1, figure(80, 0.5))).isEqualTo("n 80, constant 0.500");
    }

    @Test
    void oneFigureAloneKeepsItsRemarks() {
        assertThat(new SharedRemarks(table(figure(80, 0.5), ReportFigure.missing("gone"))).any())
                .isFalse();
    }
}
