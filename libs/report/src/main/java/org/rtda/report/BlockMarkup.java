package org.rtda.report;

import java.util.List;

/** Writes the blocks of a section. */
final class BlockMarkup {
    private final Markup page;
    private final Report.Part part;

    /** @param part of the report that the blocks stand in: facts of the front are read as sentences */
    BlockMarkup(Markup page, Report.Part part) {
        this.page = page;
        this.part = part;
    }

    void write(ReportBlock block) {
        if (block.text() != null) {
            page.element("p", block.text()).line();
        } else if (block.formula() != null) {
            page.element("p", block.formula(), "class", "formula").line();
        } else if (block.points() != null) {
            page.open("ul");
            block.points().forEach(point -> page.element("li", point));
            page.close("ul").line();
        } else if (block.facts() != null && part == Report.Part.FRONT) {
            sentences(block.facts());
        } else if (block.facts() != null) {
            facts(block.facts());
        } else if (block.table() != null) {
            new TableMarkup(block.table(), page).write();
        } else if (block.chart() != null) {
            page.trusted(SvgChart.render(block.chart())).line();
        } else {
            pictures(block.pictures());
        }
    }

    private void sentences(List<ReportBlock.Fact> facts) {
        page.open("dl", "class", "verdict").line();
        for (ReportBlock.Fact fact : facts) {
            page.element("dt", fact.name()).element("dd", fact.value()).line();
        }
        page.close("dl").line();
    }

    private void facts(List<ReportBlock.Fact> facts) {
        page.open("table", "class", "facts").open("tbody").line();
        for (ReportBlock.Fact fact : facts) {
            page.open("tr").element("th", fact.name(), "scope", "row");
            page.element("td", fact.value()).close("tr").line();
        }
        page.close("tbody").close("table").line();
    }

    private void pictures(List<ReportPicture> pictures) {
        page.open("div", "class", "gallery").line();
        for (ReportPicture picture : pictures) {
            page.open("figure").open("div", "class", "views");
            for (ReportPicture.View view : picture.views()) {
                page.open("div")
                        .empty("img", "alt", view.title(), "src", view.image())
                        .element("small", view.title())
                        .close("div");
            }
            page.close("div").open("figcaption").text(picture.caption());
            TableMarkup.flags(picture.flags(), page);
            page.close("figcaption").close("figure").line();
        }
        page.close("div").line();
    }
}
