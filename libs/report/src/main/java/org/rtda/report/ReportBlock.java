package org.rtda.report;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.List;

/**
 * A part of a section. Exactly one of its fields is set.
 *
 * @param text a paragraph; null in every other block
 * @param formula shown letter by letter; null in every other block
 * @param points a list of sentences; null in every other block
 * @param facts names and what is known of them; null in every other block
 * @param table a table; null in every other block
 * @param chart a chart; null in every other block
 * @param pictures images that were judged; null in every other block
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record ReportBlock(
        String text,
        String formula,
        List<String> points,
        List<Fact> facts,
        Table table,
        Chart chart,
        List<ReportPicture> pictures) {

    /**
     * A name and what is known of it.
     *
     * @param name what it is about
     * @param value what is known
     */
    public record Fact(String name, String value) {}

    public static ReportBlock text(String text) {
        return builder().text(text).build();
    }

    /** Shown letter by letter. */
    public static ReportBlock formula(String formula) {
        return builder().formula(formula).build();
    }

    public static ReportBlock points(List<String> points) {
        return builder().points(List.copyOf(points)).build();
    }

    public static ReportBlock facts(List<Fact> facts) {
        return builder().facts(List.copyOf(facts)).build();
    }

    public static ReportBlock table(Table table) {
        return builder().table(table).build();
    }

    public static ReportBlock chart(Chart chart) {
        return builder().chart(chart).build();
    }

    public static ReportBlock pictures(List<ReportPicture> pictures) {
        return builder().pictures(List.copyOf(pictures)).build();
    }

    private static Builder builder() {
        return new Builder();
    }

    /** Sets the one field that a block has. */
    private static final class Builder {
        private String text;
        private String formula;
        private List<String> points;
        private List<Fact> facts;
        private Table table;
        private Chart chart;
        private List<ReportPicture> pictures;

        private Builder() {}

        Builder text(String text) {
            this.text = text;
            return this;
        }

        Builder formula(String formula) {
            this.formula = formula;
            return this;
        }

        Builder points(List<String> points) {
            this.points = points;
            return this;
        }

        Builder facts(List<Fact> facts) {
            this.facts = facts;
            return this;
        }

        Builder table(Table table) {
            this.table = table;
            return this;
        }

        Builder chart(Chart chart) {
            this.chart = chart;
            return this;
        }

        Builder pictures(List<ReportPicture> pictures) {
            this.pictures = pictures;
            return this;
        }

        ReportBlock build() {
            return new ReportBlock(text, formula, points, facts, table, chart, pictures);
        }
    }
}
