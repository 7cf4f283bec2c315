package org.rtda.report;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.List;

/** A part of a section. Exactly one of its fields is set. */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record ReportBlock(
        String text,
        String formula,
        List<String> points,
        List<Fact> facts,
        Table table,
        Chart chart,
        List<ReportPicture> pictures) {

    /** A name and what is known of it. */
    public record Fact(String name, String value) {}

    public static ReportBlock text(String text) {
        return new ReportBlock(text, null, null, null, null, null, null);
    }

    /** Shown letter by letter. */
    public static ReportBlock formula(String formula) {
        return new ReportBlock(null, formula, null, null, null, null, null);
    }

    public static ReportBlock points(List<String> points) {
        return new ReportBlock(null, null, List.copyOf(points), null, null, null, null);
    }

    public static ReportBlock facts(List<Fact> facts) {
        return new ReportBlock(null, null, null, List.copyOf(facts), null, null, null);
    }

    public static ReportBlock table(Table table) {
        return new ReportBlock(null, null, null, null, table, null, null);
    }

    public static ReportBlock chart(Chart chart) {
        return new ReportBlock(null, null, null, null, null, chart, null);
    }

    public static ReportBlock pictures(List<ReportPicture> pictures) {
        return new ReportBlock(null, null, null, null, null, null, List.copyOf(pictures));
    }
}
