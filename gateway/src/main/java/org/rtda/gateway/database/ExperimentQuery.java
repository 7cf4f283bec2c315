package org.rtda.gateway.database;

import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.rtda.gateway.view.ExperimentDocument;

/**
 * Which of the submitted experiments a page has, and in which order.
 *
 * @param equal what they have in common
 * @param from submitted at this time or later; null for all
 * @param before submitted before this time; null for all
 * @param oldestFirst newest first where not
 * @param after the last experiment of the page before; null for the first page
 * @param limit experiments of a page
 */
public record ExperimentQuery(
        Map<Column, Object> equal, Instant from, Instant before, boolean oldestFirst, Place after, int limit) {

    /** What experiments are chosen by. */
    public enum Column {
        DATASET,
        METHOD,
        NETWORK,
        STATE,
        NORM,
        RADIUS,
        /** One of its tags. */
        TAG {
            @Override
            String condition() {
                return "position(:TAG in tags) > 0";
            }

            @Override
            Object bound(Object value) {
                return ExperimentColumns.tag((String) value);
            }
        };

        /** Of the experiments that have the value that is bound under the name of this. */
        String condition() {
            return name().toLowerCase(Locale.ROOT) + " = :" + name();
        }

        Object bound(Object value) {
            return value;
        }
    }

    /** An experiment's place in the order: by time, then by id. */
    public record Place(Instant submittedAt, String id) {}

    /** @param next the place after which the next page begins; null where there is none */
    public record Page(List<ExperimentDocument> experiments, Place next) {}

    public ExperimentQuery {
        equal = equal.isEmpty() ? Map.of() : new EnumMap<>(equal);
    }

    /**
     * The statement, with the names under which {@link ExperimentViews} binds the values. It chooses by columns of one index alone, and then
     * looks at the rows of the page: the rows hold messages, and most are not on it.
     *
     * @param columns of the page's experiments
     */
    String sql(String columns) {
        // one more than asked for tells whether there is a next page
        return "select " + columns + " from experiments where id in (select id from experiments where " + condition()
                + order() + " fetch first " + (limit + 1) + " rows only)" + order();
    }

    private String order() {
        return oldestFirst ? " order by submitted_at, id" : " order by submitted_at desc, id";
    }

    private String condition() {
        List<String> conditions = new ArrayList<>(List.of(ExperimentColumns.SUBMITTED));
        equal.keySet().forEach(column -> conditions.add(column.condition()));
        if (from != null) {
            conditions.add("submitted_at >= :from");
        }
        if (before != null) {
            conditions.add("submitted_at < :before");
        }
        if (after != null) {
            // the first of them says nothing that the second does not, but it is the one that an index is entered by
            conditions.add("submitted_at " + (oldestFirst ? ">=" : "<=") + " :afterTime");
            conditions.add("(submitted_at <> :afterTime or id > :afterId)");
        }
        return String.join(" and ", conditions);
    }
}
