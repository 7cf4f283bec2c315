package org.rtda.gateway.database;

import java.util.List;
import org.jdbi.v3.core.Handle;

/** The rows that say which experiments were deleted. A message of a deleted experiment changes nothing, whenever it comes. */
final class DeletedExperiments {
    /** Whatever is kept of an experiment. Its dead letters stay: they tell of records, and no record becomes two letters. */
    private static final List<String> TABLES = List.of(
            "cancels",
            "statuses",
            "training_attempts",
            "training_metrics",
            "evaluation_messages",
            "open_evaluations",
            "evaluations",
            "stale_documents");

    private DeletedExperiments() {}

    static boolean contains(Handle handle, String id) {
        return handle.createQuery("select count(*) from deleted_experiments where id = :id")
                        .bind("id", id)
                        .mapTo(Long.class)
                        .one()
                > 0;
    }

    /** Those whose deletion is a change after the first and up to the second. */
    static List<String> between(Handle handle, long from, long to) {
        return handle.createQuery("select id from deleted_experiments where change > :from and change <= :to")
                .bind("from", from)
                .bind("to", to)
                .mapTo(String.class)
                .list();
    }

    /** Removes what is kept of the experiment, and keeps that it was deleted. */
    static void add(Handle handle, String id, long change) {
        for (String table : TABLES) {
            handle.createUpdate("delete from " + table + " where experiment = :id")
                    .bind("id", id)
                    .execute();
        }
        handle.createUpdate("delete from experiments where id = :id")
                .bind("id", id)
                .execute();
        handle.createUpdate("insert into deleted_experiments (id, change) values (:id, :change)")
                .bind("id", id)
                .bind("change", change)
                .execute();
    }
}
