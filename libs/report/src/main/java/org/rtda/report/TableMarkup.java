package org.rtda.report;

import java.util.List;
import java.util.regex.Pattern;

/** Writes a table: its caption, the legend of its colours, headings with scope, figures with what belongs beside them. */
final class TableMarkup {
    private static final int SHADES = 10;
    /** A table that has at most so many rows is not broken by the end of a sheet. */
    private static final int SHORT = 20;
    /** What a narrow column must not break. A longer number, such as a checksum of digits alone, may be broken. */
    private static final Pattern NUMBER = Pattern.compile("(?=.{1,12}$)-?\\d+(\\.\\d+)?(E-?\\d+)?");

    private final Table table;
    private final SharedRemarks remarks;
    private final Markup page;

    TableMarkup(Table table, Markup page) {
        this.table = table;
        this.remarks = new SharedRemarks(table);
        this.page = page;
    }

    void write() {
        // can be reached with the keyboard, because it can be wider than the page
        page.open(
                        "div",
                        "class",
                        table.rows().size() <= SHORT ? "scroll short" : "scroll",
                        "role",
                        "group",
                        "tabindex",
                        "0",
                        "aria-label",
                        table.caption() == null ? String.join(", ", table.head()) : table.caption())
                .line();
        page.open("table", "class", table.scale() == null ? null : "heat").line();
        caption();
        page.open("thead").open("tr");
        table.head().forEach(name -> page.element("th", name, "scope", "col"));
        page.close("tr").close("thead").line();
        page.open("tbody").line();
        for (Table.Row row : table.rows()) {
            page.open("tr", "id", row.flag() == null ? null : row.flag().id());
            for (int i = 0; i < row.cells().size(); i++) {
                cell(row.cells().get(i), i);
            }
            page.close("tr").line();
        }
        page.close("tbody");
        if (remarks.any()) {
            foot();
        }
        page.close("table").close("div").line();
    }

    private void caption() {
        if (table.caption() == null && table.scale() == null) {
            return;
        }
        page.open("caption");
        if (table.caption() != null) {
            page.text(table.caption());
        }
        if (table.scale() != null) {
            legend(table.scale());
        }
        page.close("caption").line();
    }

    private void legend(HarmScale scale) {
        page.open("span", "class", "legend");
        page.text(FigureText.format(
                "Colour: what is left between the clean figure, %.3f, and that of a constant answer, %.3f. ",
                scale.clean(), scale.constant()));
        List<String> ranges = scale.legend();
        for (int step = 0; step < ranges.size(); step++) {
            page.element("span", ranges.get(step), "class", "key d" + step);
        }
        page.close("span");
    }

    private void foot() {
        page.open("tfoot").open("tr").element("th", "All rows", "scope", "row");
        for (int i = 1; i < table.head().size(); i++) {
            page.open("td").element("small", remarks.below(i)).close("td");
        }
        page.close("tr").close("tfoot");
    }

    private void cell(TableCell cell, int column) {
        String tag = column == 0 ? "th" : "td";
        page.open(tag, "scope", column == 0 ? "row" : null, "class", shade(cell.shade()));
        if (cell.figure() != null) {
            figure(cell.figure(), column);
        } else if (NUMBER.matcher(cell.text()).matches()) {
            page.element("span", cell.text(), "class", "number");
        } else {
            page.text(cell.text());
        }
        flags(cell.flags(), page);
        page.close(tag);
    }

    private String shade(Double shade) {
        if (shade == null) {
            return null;
        }
        return table.scale() != null ? "d" + HarmScale.step(shade) : "h" + (int) Math.min(SHADES - 1, shade * SHADES);
    }

    private void figure(ReportFigure figure, int column) {
        if (figure.value() == null) {
            page.element("span", figure.note(), "class", "why");
            return;
        }
        page.element("data", FigureText.format("%.3f", figure.value()), "value", figure.value() + "");
        String interval = figure.low() == null || figure.high() == null
                ? ""
                : FigureText.format("[%.3f, %.3f]", figure.low(), figure.high());
        String beside = remarks.beside(column, figure);
        String small = interval + (interval.isEmpty() || beside.isEmpty() ? "" : " ") + beside;
        if (!small.isEmpty()) {
            page.text(" ").element("small", small, "title", figure.note());
        }
    }

    /** Links to the rows that tell why. */
    static void flags(List<Flag> flags, Markup page) {
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
}
