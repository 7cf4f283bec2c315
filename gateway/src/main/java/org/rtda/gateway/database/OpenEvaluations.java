package org.rtda.gateway.database;

import java.util.HashMap;
import java.util.Map;
import org.jdbi.v3.core.Handle;
import org.rtda.gateway.view.EvaluationView;
import org.rtda.gateway.view.QueuePlace;

/** The rows of the evaluations that have not ended, of all experiments: who waits for evaluators, and in which order. */
final class OpenEvaluations {
    private OpenEvaluations() {}

    /**
     * Writes where an evaluation stands.
     *
     * @param change the first that told of it in this batch
     */
    static void write(Handle handle, String experiment, EvaluationView evaluation, long change) {
        if (evaluation.isComplete()) {
            remove(handle, experiment, evaluation.id());
            return;
        }
        boolean begun = evaluation.isBegun();
        int known = handle.createUpdate(
                        "update open_evaluations set begun = :begun where experiment = :experiment and evaluation = :id")
                .bind("begun", begun)
                .bind("experiment", experiment)
                .bind("id", evaluation.id())
                .execute();
        if (known == 0) {
            handle.createUpdate("insert into open_evaluations (experiment, evaluation, named, begun, since)"
                            + " values (:experiment, :id, :named, :begun, :since)")
                    .bind("experiment", experiment)
                    .bind("id", evaluation.id())
                    .bind("named", evaluation.isNamed())
                    .bind("begun", begun)
                    .bind("since", change)
                    .execute();
        }
    }

    /** Of one that has ended, or is no part of its experiment any more. */
    static void remove(Handle handle, String experiment, String id) {
        handle.createUpdate("delete from open_evaluations where experiment = :experiment and evaluation = :id")
                .bind("experiment", experiment)
                .bind("id", id)
                .execute();
    }

    /** By the evaluation's id: its place among those of its kind, named ones or experiments' own, that nobody has begun. */
    static Map<String, QueuePlace> queues(Handle handle) {
        Map<String, QueuePlace> places = new HashMap<>();
        for (boolean named : new boolean[] {false, true}) {
            places.putAll(QueuePlace.of(handle.createQuery("select evaluation from open_evaluations"
                            + " where named = :named and begun = false order by since")
                    .bind("named", named)
                    .mapTo(String.class)
                    .list()));
        }
        return places;
    }
}
