package org.rtda.report;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** A report as one HTML file that loads nothing and runs nothing, for screens light and dark and for paper. */
public final class ReportPage {
    private static final String STYLE = resource("report.css");
    private static final int SHADES = 10;

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
        page.open("main").line();
        report.sections().forEach(this::section);
        page.close("main").line();
        page.close("body").line().close("html").line();
    }

    private void header(Report report) {
        page.open("header").line();
        page.element("h1", report.title()).line();
        page.element("p", report.id() + " · written " + report.writtenAt(), "class", "soft")
                .line();
        page.open("p").element("strong", "Not for clinical use.");
        page.text(" Figures stand with their 95% interval in brackets, n, and what an answer that is the same for every"
                        + " image scores in them (constant). A figure that fails a check of its credibility"
                        + " carries the check’s flag (⚑) wherever it stands.")
                .close("p")
                .line();
        report.notices()
                .forEach(notice -> page.element("p", notice, "class", "notice").line());
        page.open("nav", "aria-label", "Sections").open("ul");
        for (Report.Section section : report.sections()) {
            page.open("li")
                    .element("a", section.title(), "href", "#" + section.id())
                    .close("li");
        }
        page.close("ul").close("nav").line();
        page.close("header").line();
    }

    private void section(Report.Section section) {
        page.open("section", "id", section.id()).element("h2", section.title()).line();
        section.blocks().forEach(this::block);
        page.close("section").line();
    }

    private void block(ReportBlock block) {
        if (block.text() != null) {
            page.element("p", block.text()).line();
        } else if (block.formula() != null) {
            page.element("p", block.formula(), "class", "formula").line();
        } else if (block.points() != null) {
            page.open("ul");
            block.points().forEach(point -> page.element("li", point));
            page.close("ul").line();
        } else if (block.facts() != null) {
            facts(block.facts());
        } else if (block.table() != null) {
            table(block.table());
        } else if (block.chart() != null) {
            page.trusted(SvgChart.render(block.chart())).line();
        } else {
            block.pictures().forEach(this::picture);
        }
    }

    private void facts(List<ReportBlock.Fact> facts) {
        page.open("table", "class", "facts").open("tbody").line();
        for (ReportBlock.Fact fact : facts) {
            page.open("tr").element("th", fact.name(), "scope", "row");
            page.element("td", fact.value()).close("tr").line();
        }
        page.close("tbody").close("table").line();
    }

    private void table(Table table) {
        page.open("div", "class", "scroll").open("table").line();
        if (table.caption() != null) {
            page.element("caption", table.caption()).line();
        }
        page.open("thead").open("tr");
        table.head().forEach(name -> page.element("th", name, "scope", "col"));
        page.close("tr").close("thead").line();
        page.open("tbody").line();
        for (Table.Row row : table.rows()) {
            page.open("tr", "id", row.flag() == null ? null : row.flag().id());
            for (int i = 0; i < row.cells().size(); i++) {
                cell(row.cells().get(i), i == 0);
            }
            page.close("tr").line();
        }
        page.close("tbody").close("table").close("div").line();
    }

    private void cell(TableCell cell, boolean namesTheRow) {
        String tag = namesTheRow ? "th" : "td";
        page.open(
                tag,
                "scope",
                namesTheRow ? "row" : null,
                "class",
                cell.shade() == null ? null : "h" + (int) Math.min(SHADES - 1, cell.shade() * SHADES));
        if (cell.figure() != null) {
            figure(cell.figure());
        } else {
            page.text(cell.text());
        }
        flags(cell.flags());
        page.close(tag);
    }

    private void figure(ReportFigure figure) {
        if (figure.value() == null) {
            page.element("span", figure.note(), "class", "why");
            return;
        }
        page.element("data", Markup.format("%.3f", figure.value()), "value", figure.value() + "");
        StringBuilder beside = new StringBuilder();
        if (figure.low() != null && figure.high() != null) {
            beside.append(Markup.format("[%.3f, %.3f]", figure.low(), figure.high()));
        }
        if (figure.n() != null) {
            beside.append(beside.isEmpty() ? "" : " ")
                    .append(figure.of() == null ? "n " : figure.of() + " ")
                    .append(figure.n());
            if (figure.drawnFrom() != null) {
                beside.append(" of ").append(figure.drawnFrom()).append(", drawn by class");
            }
        }
        if (figure.constant() != null) {
            beside.append(beside.isEmpty() ? "" : ", ").append(Markup.format("constant %.3f", figure.constant()));
        }
        if (figure.assumption() != null) {
            beside.append(beside.isEmpty() ? "" : ", ").append(figure.assumption());
        }
        if (!beside.isEmpty()) {
            page.text(" ").element("small", beside.toString(), "title", figure.note());
        }
    }

    private void flags(List<Flag> flags) {
        for (Flag flag : flags) {
            page.text(" ")
                    .element(
                            "a",
                            "⚑" + flag.id(),
                            "class",
                            "flag",
                            "href",
                            "#" + flag.id(),
                            "title",
                            "fails: " + flag.name());
        }
    }

    private void picture(ReportPicture picture) {
        page.open("figure").open("div", "class", "views");
        for (ReportPicture.View view : picture.views()) {
            page.open("div")
                    .empty("img", "alt", view.title(), "src", view.image())
                    .element("small", view.title())
                    .close("div");
        }
        page.close("div").open("figcaption").text(picture.caption());
        flags(picture.flags());
        page.close("figcaption").close("figure").line();
    }

    private static String resource(String name) {
        try (InputStream in = ReportPage.class.getResourceAsStream(name)) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(name, e);
        }
    }
}
