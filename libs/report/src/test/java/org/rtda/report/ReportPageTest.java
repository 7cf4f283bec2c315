package org.rtda.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import java.util.Collections;
import java.util.List;
import org.jsoup.Jsoup;
import org.jsoup.nodes.Document;
import org.jsoup.nodes.Element;
import org.jsoup.parser.Parser;
import org.junit.jupiter.api.Test;

class ReportPageTest {
    private static final String EVIL = "\"><script>alert('x')</script>&amp;";
    private static final Flag FLAG = new Flag("G1", "noise-hurts-less");

    private static Document page(ReportBlock... blocks) {
        return Jsoup.parse(html("t", blocks));
    }

    private static String html(String title, ReportBlock... blocks) {
        return ReportPage.render(new Report(
                1,
                "id",
                title,
                Instant.parse("2026-11-02T10:00:00Z"),
                List.of(title),
                List.of(Report.Section.of("one", title, blocks))));
    }

    private static ReportBlock table(TableCell... cells) {
        return ReportBlock.table(
                new Table(EVIL, Collections.nCopies(cells.length, EVIL), List.of(Table.Row.of(cells))));
    }

    private static ReportBlock chart(Chart.Style style, Chart.Point... points) {
        return ReportBlock.chart(
                new Chart(EVIL, EVIL, EVIL, 0.0, 1.0, List.of(new Chart.Series(EVIL, style, List.of(points)))));
    }

    @Test
    void aFigureStandsWithItsIntervalItsNAndItsFlag() {
        Element cell = page(table(
                        TableCell.text("a"),
                        TableCell.figure(
                                ReportFigure.builder()
                                        .value(0.5)
                                        .low(0.25)
                                        .high(0.75)
                                        .n(156)
                                        .note("mind")
                                        .build(),
                                List.of(FLAG))))
                .select("td")
                .get(0);

        assertThat(cell.text()).isEqualTo("0.500 [0.250, 0.750] n 156 ⚑G1");
        assertThat(cell.select("a").attr("href")).isEqualTo("#G1");
        assertThat(cell.select("a").attr("title")).isEqualTo("fails: noise-hurts-less");
    }

    @Test
    void aNumberIsNotBrokenInANarrowColumnAndAChecksumMayBe() {
        Document page = page(table(
                TableCell.text("a"),
                TableCell.text("0.007843"),
                TableCell.text("1234567890123"),
                TableCell.text("4 of 8")));

        // @media print keeps it on one line
        assertThat(page.select("td .number").eachText()).containsExactly("0.007843");
    }

    @Test
    void aFigureOfADrawSaysOfHowMany() {
        assertThat(page(table(
                                TableCell.text("a"),
                                TableCell.figure(
                                        ReportFigure.builder()
                                                .value(0.5)
                                                .low(0.25)
                                                .high(0.75)
                                                .n(80)
                                                .build()
                                                .drawnFrom(160),
                                        List.of())))
                        .select("td")
                        .text())
                .isEqualTo("0.500 [0.250, 0.750] n 80 of 160, drawn by class");
        assertThatThrownBy(() -> ReportFigure.builder().value(0.5).n(80).build().drawnFrom(80))
                .hasMessage("drawnFrom must be more than n = 80, was 80");
    }

    @Test
    void aFigureWithoutValueShowsWhy() {
        assertThat(page(table(
                                TableCell.text("a"),
                                TableCell.figure(ReportFigure.missing("no images of class 1"), List.of())))
                        .select("td")
                        .text())
                .isEqualTo("no images of class 1");
        assertThatThrownBy(() -> ReportFigure.missing(" ")).hasMessageContaining("must say why");
        assertThatThrownBy(
                        () -> ReportFigure.builder().value(Double.NaN).note("x").build())
                .hasMessageContaining("finite");
    }

    @Test
    void everyTextIsEscapedAndThePageIsWellFormed() {
        String image = Png.dataUri(new float[] {0}, 1, 1, 1);
        String html = html(
                EVIL,
                ReportBlock.text(EVIL),
                ReportBlock.formula(EVIL),
                ReportBlock.points(List.of(EVIL)),
                ReportBlock.facts(List.of(new ReportBlock.Fact(EVIL, EVIL))),
                table(
                        TableCell.text(EVIL),
                        TableCell.figure(ReportFigure.missing(EVIL), List.of(new Flag("G1", EVIL)))),
                chart(Chart.Style.LINE, Chart.Point.bare(0, 0), new Chart.Point(1, 1, 0.5, 1.0, List.of(FLAG))),
                ReportBlock.pictures(
                        List.of(new ReportPicture(EVIL, List.of(new ReportPicture.View(EVIL, image)), List.of()))));
        Parser strict = Parser.htmlParser().setTrackErrors(10);

        Document page = strict.parseInput(html, "");

        assertThat(strict.getErrors()).isEmpty();
        assertThat(page.select("script")).isEmpty();
        // heading, notice, section and its link; then every part of every block
        assertThat(page.getElementsContainingOwnText(EVIL)).hasSizeGreaterThan(18);
        assertThat(page.select("[role=group]").attr("aria-label")).isEqualTo(EVIL);
        assertThat(page.select("svg").attr("aria-label")).isEqualTo(EVIL + ". " + EVIL + ": 0.000 at 0 to 1.000 at 1.");
    }

    /** From 56 to 620 across; the plot's height is 230: points at its ends and in its middle. */
    @Test
    void aChartPutsPointsWhereTheyBelongAndMarksTheFlaggedOnes() {
        Document page = page(chart(
                Chart.Style.LINE,
                new Chart.Point(0, 1, 0.75, 1.0, List.of()),
                new Chart.Point(0.5, 0.5, 0.25, 0.75, List.of(FLAG))));

        String path = page.select("path.line").get(0).attr("d");
        double top = Double.parseDouble(path.substring(path.indexOf(' ') + 1, path.indexOf('L')));
        assertThat(path).isEqualTo("M56.0 %.1fL620.0 %.1f".formatted(top, top + 115));
        assertThat(page.select("path.band")).hasSize(1);
        assertThat(page.select("path.flagged title").text())
                .isEqualTo(EVIL + " at 0.5: 0.500 [0.250, 0.750], flagged G1");
        assertThat(page.select(".flagtext").text()).isEqualTo("⚑G1");
    }

    @Test
    void aChartWithNothingMeasuredIsNotDrawn() {
        assertThat(page(chart(Chart.Style.REFERENCE, Chart.Point.bare(0, 1), Chart.Point.bare(1, 1)))
                        .select("svg"))
                .isEmpty();
    }

    @Test
    void ticksAreRoundNumbersWithinTheEnds() {
        assertThat(ticks(0, 1)).hasSize(6).startsWith(0.0, 0.2).endsWith(1.0);
        assertThat(ticks(0, 0.03)).hasSize(7).startsWith(0.0, 0.005);
        assertThat(ticks(3, 47)).containsExactly(10.0, 20.0, 30.0, 40.0);
    }

    private static List<Double> ticks(double low, double high) {
        return new LinearScale(low, high, 0, 100).ticks();
    }

    /** Each picture is 640 wide; the area of one goes from 56 to 620. */
    @Test
    void chartsOfOneFileStandSideBySideAndThoseThatDrawNothingAreLeftOut() {
        Chart.Series marks = new Chart.Series("rtda", Chart.Style.MARKS, List.of(Chart.Point.bare(0.5, 0.5)));
        Chart first = new Chart("a", "x", "y", 0.0, 1.0, List.of(marks), new Chart.Range(0.4, 0.6));
        Chart none = new Chart("none", "x", "y", 0.0, 1.0, List.of());
        Chart second = new Chart("b", "x", "y", 0.0, 1.0, List.of(marks), new Chart.Range(0.25, 0.5));

        String svg = ReportPage.picture(List.of(first, none, second));

        assertThat(svg).contains("viewBox=\"0 0 1280 320\"", "translate(640 0)", ">a</text>", ">b</text>");
        assertThat(svg).doesNotContain(">none<");
        // in the middle of the first, at the right end of the second; a circle begins 3.5 to the left
        assertThat(svg).contains("d=\"M334.5 ", "d=\"M616.5 ");
    }

    @Test
    void aPictureThatWouldBeLoadedIsRefused() {
        assertThatThrownBy(() -> new ReportPicture.View("a", "http://example.org/a.png"))
                .hasMessageContaining("a report loads nothing");
    }

    @Test
    void aRowMustFitItsHeadings() {
        assertThatThrownBy(() ->
                        new Table(null, List.of("a"), List.of(Table.Row.of(TableCell.text("1"), TableCell.text("2")))))
                .hasMessageContaining("a row of 2 cells under 1 headings");
    }

    @Test
    void aPictureIsAFileOfItsOwnWithItsColours() throws Exception {
        String svg = ReportPage.picture(new Chart(
                "a < b",
                "epoch",
                "loss",
                0.0,
                null,
                List.of(new Chart.Series(
                        "rtda", Chart.Style.LINE, List.of(Chart.Point.bare(1, 0.5), Chart.Point.bare(2, 0.25))))));

        var root = javax.xml.parsers.DocumentBuilderFactory.newInstance()
                .newDocumentBuilder()
                .parse(new java.io.ByteArrayInputStream(svg.getBytes(java.nio.charset.StandardCharsets.UTF_8)))
                .getDocumentElement();
        assertThat(root.getAttribute("xmlns")).isEqualTo("http://www.w3.org/2000/svg");
        assertThat(root.getElementsByTagName("style").item(0).getTextContent())
                .contains(".chart .line.s0 { fill: none; stroke: #0b5cad; stroke-width: 2; }", ".chart .line.s6 {")
                .contains(".chart .grid { stroke: #d5dbe3; }")
                .doesNotContain("var(", "@media", "body");
        assertThat(svg).contains("class=\"line s0\"", "a &lt; b");
    }
}
