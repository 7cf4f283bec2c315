package org.rtda.gateway.database;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.BiFunction;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.Query;
import org.rtda.gateway.view.EvaluationDocument;
import org.rtda.gateway.view.EvaluationView;
import org.rtda.gateway.view.ExperimentView;
import org.rtda.gateway.view.QueuePlace;

/** A row for each evaluation of all experiments, by which they are listed. */
final class EvaluationRows {
    private EvaluationRows() {}

    private record Row(String experiment, String evaluation, long since, String document, boolean submitted) {}

    /**
     * Writes where an evaluation stands.
     *
     * @param change the first that told of it in this batch
     */
    static void write(Handle handle, ExperimentView experiment, EvaluationView evaluation, long change) {
        if (!renew(handle, experiment, evaluation)) {
            EvaluationDocument document = EvaluationDocument.of(experiment, evaluation);
            handle.createUpdate("insert into evaluations (experiment, evaluation, since, state, document)"
                            + " values (:experiment, :id, :since, :state, :document)")
                    .bind("experiment", experiment.id())
                    .bind("id", evaluation.id())
                    .bind("since", change)
                    .bind("state", document.state().name())
                    .bind("document", text(document))
                    .execute();
        }
    }

    /** Of one that is no part of its experiment any more. */
    static void remove(Handle handle, String experiment, String id) {
        handle.createUpdate("delete from evaluations where experiment = :experiment and evaluation = :id")
                .bind("experiment", experiment)
                .bind("id", id)
                .execute();
    }

    /**
     * Writes again where an evaluation stands.
     *
     * @return false where it has no row
     */
    static boolean renew(Handle handle, ExperimentView experiment, EvaluationView evaluation) {
        EvaluationDocument document = EvaluationDocument.of(experiment, evaluation);
        return handle.createUpdate("update evaluations set state = :state, document = :document"
                                + " where experiment = :experiment and evaluation = :id")
                        .bind("state", document.state().name())
                        .bind("document", text(document))
                        .bind("experiment", experiment.id())
                        .bind("id", evaluation.id())
                        .execute()
                > 0;
    }

    /** Null where it is too long for a row: it is derived from the messages then, each time. */
    private static String text(EvaluationDocument document) {
        try {
            return Messages.text(document);
        } catch (UnstorableRecordException tooLong) {
            return null;
        }
    }

    /** @param derive makes the document of one whose row has none, from its experiment's and its own id */
    static EvaluationQuery.Page page(
            Handle handle, EvaluationQuery query, BiFunction<String, String, EvaluationDocument> derive) {
        Query statement = handle.createQuery(sql(query));
        if (query.state() != null) {
            statement.bind("state", query.state().name());
        }
        if (query.after() != null) {
            statement.bind("after", query.after());
        }
        List<Row> found = statement
                .map((row, context) -> new Row(
                        row.getString(1), row.getString(2), row.getLong(3), row.getString(4), row.getBoolean(5)))
                .list();
        List<Row> rows = found.subList(0, Math.min(query.limit(), found.size()));
        List<EvaluationDocument> documents = new ArrayList<>();
        for (Row row : rows) {
            if (!row.submitted) {
                continue;
            }
            EvaluationDocument document = row.document == null
                    ? derive.apply(row.experiment, row.evaluation)
                    : Messages.read(row.document, EvaluationDocument.class);
            if (query.state() == null || document.state() == query.state()) {
                documents.add(document);
            }
        }
        return new EvaluationQuery.Page(
                withQueues(handle, documents), found.size() > rows.size() ? rows.get(rows.size() - 1).since : null);
    }

    /**
     * The statement, for the values {@code state} and {@code after} where the query has them. It chooses by columns of one index alone, and
     * then looks at the rows of the page: the rows hold documents, and most are not on it.
     */
    static String sql(EvaluationQuery query) {
        return "select experiment, evaluation, since, document, exists (select 1 from experiments where id ="
                + " experiment and "
                + ExperimentColumns.SUBMITTED + ") from evaluations where since in ("
                + (query.state() == null ? newest(query, null) : ofState(query)) + ") order by since desc";
    }

    /** Of the state, or of one that is not known before the document is derived. */
    private static String ofState(EvaluationQuery query) {
        return "select since from ((" + newest(query, "state = :state") + ") union all ("
                + newest(query, "state is null") + ")) as chosen order by since desc" + first(query);
    }

    /** @param ofState null for all */
    private static String newest(EvaluationQuery query, String ofState) {
        List<String> conditions = new ArrayList<>();
        if (ofState != null) {
            conditions.add(ofState);
        }
        if (query.named()) {
            // EXPERIMENT/epoch-NNNNN/NAME
            conditions.add("evaluation like '%/%/%'");
        }
        if (query.after() != null) {
            conditions.add("since < :after");
        }
        return "select since from evaluations"
                + (conditions.isEmpty() ? "" : " where " + String.join(" and ", conditions))
                // named although it is one and the same: H2 reads an index in its order only where both are the same
                // columns
                + (ofState == null ? " order by since desc" : " order by state desc, since desc") + first(query);
    }

    /** One more than asked for tells whether there is a next page. */
    private static String first(EvaluationQuery query) {
        return " fetch first " + (query.limit() + 1) + " rows only";
    }

    /** What nobody has begun with its place. */
    static List<EvaluationDocument> withQueues(Handle handle, List<EvaluationDocument> documents) {
        if (documents.stream().noneMatch(EvaluationDocument::waits)) {
            return documents;
        }
        Map<String, QueuePlace> queues = OpenEvaluations.queues(handle);
        return documents.stream()
                .map(document -> document.waits() ? document.withQueue(queues.get(document.id())) : document)
                .toList();
    }
}
