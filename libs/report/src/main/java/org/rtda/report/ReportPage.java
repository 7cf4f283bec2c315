package org.rtda.report;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;

/** A report as one HTML file that loads nothing and runs nothing, for screens light and dark and for paper. */
public final class ReportPage {
    private static final String STYLE = resource("report.css");

    private final Markup page = new Markup();

    private ReportPage() {}

    public static String render(Report report) {
        ReportPage page = new ReportPage();
        page.write(report);
        return page.page.toString();
    }

    /** One chart as an SVG file of its own, in the page's colours on a light ground. */
    public static String picture(Chart chart) {
        return picture(List.of(chart));
    }

    /** Charts side by side as one SVG file. At least one of them draws something. */
    public static String picture(List<Chart> charts) {
        return SvgChart.file(charts, PictureStyle.of(STYLE));
    }

    private void write(Report report) {
        page.trusted("<!DOCTYPE html>\n").open("html", "lang", "en").line();
        page.open("head").line();
        page.empty("meta", "charset", "utf-8").line();
        page.empty("meta", "name", "viewport", "content", "width=device-width, initial-scale=1")
                .line();
        page.element("title", report.title() + " – " + report.id()).line();
        page.open("style").line().trusted(STYLE).close("style").line();
        page.close("head").line();
        page.open("body").line();
        header(report);
        contents(report);
        page.open("main").line();
        if (report.sections().stream().noneMatch(section -> section.part() == Report.Part.FRONT)) {
            reading();
        }
        Report.Part before = report.sections().isEmpty()
                ? Report.Part.BODY
                : report.sections().get(0).part();
        for (Report.Section section : report.sections()) {
            section(section, before);
            before = section.part();
        }
        page.close("main").line();
        page.close("body").line().close("html").line();
    }

    private void header(Report report) {
        page.open("header").line();
        page.element("h1", report.title()).line();
        page.element("p", report.id() + " · written " + report.writtenAt(), "class", "soft")
                .line();
        report.notices()
                .forEach(notice -> page.element("p", notice, "class", "notice").line());
        page.close("header").line();
    }

    private void contents(Report report) {
        page.open("nav", "aria-label", "Sections").open("ul");
        for (Report.Section section : report.sections()) {
            page.open("li")
                    .element("a", section.title(), "href", "#" + section.id())
                    .close("li");
        }
        page.close("ul").close("nav").line();
    }

    private void reading() {
        page.open("p", "class", "reading").element("strong", "Not for clinical use.");
        page.text(" Figures stand with their 95% interval in brackets, n, and what an answer that is the same for every"
                        + " image scores in them (constant); what all figures of a column share stands below it. A figure that"
                        + " fails a check of its credibility carries the check’s flag (⚑) wherever it stands.")
                .close("p")
                .line();
    }

    private void section(Report.Section section, Report.Part before) {
        // on paper a part begins on a page of its own
        String kind = section.part().name().toLowerCase(Locale.ROOT) + (section.part() == before ? "" : " first");
        page.open("section", "id", section.id(), "class", kind)
                .element("h2", section.title())
                .line();
        BlockMarkup blocks = new BlockMarkup(page, section.part());
        section.blocks().forEach(blocks::write);
        if (section.part() == Report.Part.FRONT) {
            reading();
        }
        page.close("section").line();
    }

    private static String resource(String name) {
        try (InputStream in = ReportPage.class.getResourceAsStream(name)) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(name, e);
        }
    }
}
