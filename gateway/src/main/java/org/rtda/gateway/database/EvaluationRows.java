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

    private record Row(String experiment, String evaluation, long since, String document) {}

    /**
     * Writes where an evaluation stands.
     *
     * @param evaluation null of one that is no part of its experiment any more
     * @param change of the first message of it in this batch
     */
    static void write(Handle handle, ExperimentView experiment, String id, EvaluationView evaluation, long change) {
        if (evaluation == null) {
            handle.createUpdate("delete from evaluations where experiment = :experiment and evaluation = :id")
                    .bind("experiment", experiment.id())
                    .bind("id", id)
                    .execute();
            return;
        }
        EvaluationDocument document = EvaluationDocument.of(experiment, evaluation);
        String text = text(document);
        int known = handle.createUpdate("update evaluations set state = :state, document = :document"
                        + " where experiment = :experiment and evaluation = :id")
                .bind("state", document.state().name())
                .bind("document", text)
                .bind("experiment", experiment.id())
                .bind("id", id)
                .execute();
        if (known == 0) {
            handle.createUpdate("insert into evaluations (experiment, evaluation, since, state, document)"
                            + " values (:experiment, :id, :since, :state, :document)")
                    .bind("experiment", experiment.id())
                    .bind("id", id)
                    .bind("since", change)
                    .bind("state", document.state().name())
                    .bind("document", text)
                    .execute();
        }
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
        // one more than asked for tells whether there is a next page
        List<Row> found = bound(
                        handle.createQuery("select experiment, evaluation, since, evaluations.document from evaluations"
                                + " join experiments on experiments.id = experiment where submit is not null"
                                + (query.state() == null
                                        ? ""
                                        : " and (evaluations.state = :state or evaluations.state is null)")
                                // EXPERIMENT/epoch-NNNNN/NAME
                                + (query.named() ? " and evaluation like '%/%/%'" : "")
                                + (query.after() == null ? "" : " and since < :after")
                                + " order by since desc fetch first " + (query.limit() + 1) + " rows only"),
                        query)
                .map((row, context) -> new Row(row.getString(1), row.getString(2), row.getLong(3), row.getString(4)))
                .list();
        List<Row> rows = found.subList(0, Math.min(query.limit(), found.size()));
        List<EvaluationDocument> documents = new ArrayList<>();
        for (Row row : rows) {
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

    private static Query bound(Query statement, EvaluationQuery query) {
        if (query.state() != null) {
            statement.bind("state", query.state().name());
        }
        if (query.after() != null) {
            statement.bind("after", query.after());
        }
        return statement;
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
