package org.rtda.report;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.List;

/** A part of a section. Exactly one of its fields is set. */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record Block(
        String text,
        String formula,
        List<String> points,
        List<Fact> facts,
        Table table,
        Chart chart,
        List<Picture> pictures) {

    /** A name and what is known of it. */
    public record Fact(String name, String value) {}

    public static Block text(String text) {
        return new Block(text, null, null, null, null, null, null);
    }

    /** Shown letter by letter. */
    public static Block formula(String formula) {
        return new Block(null, formula, null, null, null, null, null);
    }

    public static Block points(List<String> points) {
        return new Block(null, null, List.copyOf(points), null, null, null, null);
    }

    public static Block facts(List<Fact> facts) {
        return new Block(null, null, null, List.copyOf(facts), null, null, null);
    }

    public static Block table(Table table) {
        return new Block(null, null, null, null, table, null, null);
    }

    public static Block chart(Chart chart) {
        return new Block(null, null, null, null, null, chart, null);
    }

    public static Block pictures(List<Picture> pictures) {
        return new Block(null, null, null, null, null, null, List.copyOf(pictures));
    }
}
