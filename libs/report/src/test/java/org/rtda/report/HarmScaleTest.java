package org.rtda.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.time.Instant;
import java.util.List;
import org.jsoup.Jsoup;
import org.jsoup.nodes.Document;
import org.junit.jupiter.api.Test;

class HarmScaleTest {
    /** A seventh of what there is to lose is 0.05. */
    private static final HarmScale SCALE = new HarmScale("Balanced accuracy", 0.85, 0.5);

    private static TableCell cell(double value) {
        return TableCell.figure(
                        ReportFigure.builder()
                                .value(value)
                                .low(0.4)
                                .high(0.9)
                                .n(80)
                                .build(),
                        List.of())
                .shaded(SCALE);
    }

    private static Document page(double... values) {
        List<Table.Row> rows = java.util.Arrays.stream(values)
                .mapToObj(value -> Table.Row.of(TableCell.text("a"), cell(value)))
                .toList();
        return Jsoup.parse(ReportPage.render(new Report(
                1,
                "id",
                "t",
                Instant.parse("2026-11-02T10:00:00Z"),
                List.of(),
                List.of(Report.Section.of(
                        "one", "t", ReportBlock.table(new Table("c", List.of("Row", "Value"), rows, SCALE)))))));
    }

    @Test
    void theLossIsNothingAtTheCleanFigureAndEverythingAtTheConstantAnswers() {
        assertThat(SCALE.loss(0.85)).isZero();
        assertThat(SCALE.loss(0.9)).isZero();
        assertThat(SCALE.loss(0.675)).isCloseTo(0.5, within(1e-12));
        assertThat(SCALE.loss(0.5)).isEqualTo(1);
        assertThat(SCALE.loss(0.3)).isEqualTo(1);
    }

    @Test
    void chanceAndTwoThirdsDoNotLookAlikeAndAllSkillLostHasAColourOfItsOwn() {
        // losses of 0, 19/35, 34.9/35 and 1
        assertThat(page(0.85, 0.66, 0.501, 0.5).select("tbody td").eachAttr("class"))
                .containsExactly("d0", "d3", "d6", "d7");
    }

    @Test
    void theLegendSaysWhichFiguresAColourStandsFor() {
        assertThat(page(0.6).select(".legend .key").eachText())
                .containsExactly(
                        "above 0.800",
                        "0.800 to 0.750",
                        "0.750 to 0.700",
                        "0.700 to 0.650",
                        "0.650 to 0.600",
                        "0.600 to 0.550",
                        "0.550 to 0.500",
                        "at most 0.500");
    }

    @Test
    void whereTheCleanFigureShowsNoSkillThereIsNoScale() {
        assertThatThrownBy(() -> new HarmScale("Balanced accuracy", 0.5, 0.5))
                .hasMessage("clean must be above constant = 0.5, was 0.5");
    }
}
