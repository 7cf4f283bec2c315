package org.rtda.gateway.database;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.Query;
import org.jdbi.v3.core.statement.Update;
import org.rtda.contracts.CheckpointSaved;
import org.rtda.contracts.EvaluationCommand;
import org.rtda.contracts.EvaluationId;
import org.rtda.contracts.ExperimentCommand;
import org.rtda.contracts.ExperimentStatus;
import org.rtda.contracts.RobustnessMetric;
import org.rtda.contracts.check.Event;
import org.rtda.contracts.settings.Condition;
import org.rtda.gateway.view.DeadLetter;
import org.rtda.gateway.view.Description;
import org.rtda.gateway.view.EvaluationView;
import org.rtda.gateway.view.ExperimentView;
import org.rtda.gateway.view.MessageKey;

/** One experiment's view and its rows: what the view takes in is written, what was written makes the view again. */
final class StoredExperiment {
    private static final String ROW =
            "select submit, status, checkpoint, epoch_stride, name, notes, tags from experiments where id = :id";

    private final ExperimentView view;
    private final TrainingRows training;
    private Handle handle;
    private boolean hasRow;
    /** Evaluations of which something has come since the last {@link #save}, each with the number of the first change. */
    private final Map<String, Long> changedEvaluations = new LinkedHashMap<>();

    private StoredExperiment(ExperimentView view, TrainingRows training, Handle handle, boolean hasRow) {
        this.view = view;
        this.training = training;
        this.handle = handle;
        this.hasRow = hasRow;
    }

    private record Row(String submit, String status, String checkpoint, int epochStride, Description description) {}

    /**
     * The view as its rows say, of an experiment of which nothing is known an empty one.
     *
     * @param mostSteps training metrics of one answer
     */
    static StoredExperiment load(Handle handle, String id, int mostSteps) {
        return load(handle, id, mostSteps, List.of());
    }

    /**
     * As above, without what came of some conditions: an evaluation has many, and their messages are long. Only for reading: a
     * view without these outcomes must not take events or be saved.
     *
     * @param conditions whose outcomes are left out
     */
    static StoredExperiment load(Handle handle, String id, int mostSteps, List<Condition> conditions) {
        TrainingRows training = TrainingRows.load(handle, id, mostSteps);
        Optional<Row> row = handle.createQuery(ROW)
                .bind("id", id)
                .map((r, context) -> new Row(
                        r.getString(1),
                        r.getString(2),
                        r.getString(3),
                        r.getInt(4),
                        new Description(r.getString(5), r.getString(6), ExperimentColumns.tags(r.getString(7)))))
                .findOne();
        ExperimentView view =
                new ExperimentView(id, training, row.map(Row::epochStride).orElse(1));
        row.ifPresent(known -> {
            view.describedAs(known.description);
            take(view, known.submit, ExperimentCommand.class);
            take(view, known.status, ExperimentStatus.class);
            take(view, known.checkpoint, CheckpointSaved.class);
            messages(handle, "select message from cancels where experiment = :id order by change", id)
                    .forEach(message -> take(view, message, ExperimentCommand.class));
            evaluationMessages(handle, conditions)
                    .bind("id", id)
                    .map((r, context) -> r.getString(1).equals(MessageKey.Kind.COMMAND.name())
                            ? Messages.read(r.getString(2), EvaluationCommand.class)
                            : Messages.read(r.getString(2), RobustnessMetric.class))
                    .forEach(event -> view.apply(event));
        });
        handle.createQuery("select letter from dead_letters where experiment = :id order by change fetch first "
                        + ExperimentView.MOST_DEAD_LETTERS + " rows only")
                .bind("id", id)
                .map((r, context) -> Messages.read(r.getString(1), DeadLetter.class))
                .forEach(view::apply);
        return new StoredExperiment(view, training, handle, row.isPresent());
    }

    private static Query evaluationMessages(Handle handle, List<Condition> leftOut) {
        String all = "select kind, message from evaluation_messages where experiment = :id";
        return leftOut.isEmpty()
                ? handle.createQuery(all + " order by change")
                : handle.createQuery(all + " and not (kind = :outcome and item in (<items>)) order by change")
                        .bind("outcome", MessageKey.Kind.OUTCOME.name())
                        .bindList(
                                "items",
                                leftOut.stream()
                                        .map(condition ->
                                                MessageKey.of(condition).item())
                                        .toList());
    }

    /** The conditions that the evaluations of an experiment plan, each once. */
    static List<Condition> planned(Handle handle, String id) {
        return handle
                .createQuery("select message from evaluation_messages where experiment = :id and kind = :plan")
                .bind("id", id)
                .bind("plan", MessageKey.Kind.PLAN.name())
                .map((row, context) -> Messages.read(row.getString(1), RobustnessMetric.class))
                .stream()
                .flatMap(plan -> ((RobustnessMetric.Planned) plan).conditions().stream())
                .distinct()
                .toList();
    }

    private static void take(ExperimentView view, String message, Class<? extends Event> type) {
        if (message != null) {
            view.apply(Messages.read(message, type));
        }
    }

    private static List<String> messages(Handle handle, String sql, String id) {
        return handle.createQuery(sql).bind("id", id).mapTo(String.class).list();
    }

    ExperimentView view() {
        return view;
    }

    /** What follows is written in this transaction. */
    void use(Handle transaction) {
        handle = transaction;
        training.use(transaction);
    }

    /**
     * Takes an event into the view and writes it where it changes something.
     *
     * @param change its number, where it changes something
     * @return whether it does
     * @throws IllegalArgumentException when the event says too little to be part of any experiment; nothing has changed then
     */
    boolean apply(Event event, long change) {
        training.numbered(change);
        Optional<String> awaitedBefore = awaited();
        if (!view.apply(event)) {
            return false;
        }
        if (event instanceof CheckpointSaved) {
            Optional<String> awaited = awaited();
            // that of an earlier attempt's last checkpoint is no part of the run any more
            awaitedBefore.filter(evaluation -> !awaited.equals(awaitedBefore)).ifPresent(this::remove);
            awaited.ifPresent(evaluation -> changedEvaluations.putIfAbsent(evaluation, change));
        }
        if (event instanceof ExperimentCommand.Cancel || event instanceof ExperimentCommand.CancelEvaluations) {
            insert("insert into cancels (experiment, cancel, change, message) values (:id, :cancel, :change, :message)")
                    .bind("cancel", event.id())
                    .bind("change", change)
                    .bind("message", Messages.text(event))
                    .execute();
            // those that have not ended are being cancelled from now on
            view.evaluations().stream()
                    .filter(evaluation -> !evaluation.isComplete() && view.isCancelRequested(evaluation.id()))
                    .forEach(evaluation -> changedEvaluations.putIfAbsent(evaluation.id(), change));
        } else if (event instanceof ExperimentStatus status) {
            insert("insert into statuses (change, experiment, message) values (:change, :id, :message)")
                    .bind("change", change)
                    .bind("message", Messages.text(status))
                    .execute();
        } else if (event instanceof RobustnessMetric metric) {
            write(metric.evaluationId(), MessageKey.of(metric), metric, change);
        } else if (event instanceof EvaluationCommand command) {
            String evaluation = EvaluationId.named(
                            view.id(), command.checkpoint().epoch(), command.name())
                    .text();
            write(evaluation, MessageKey.COMMAND, command, change);
        }
        return true;
    }

    private Optional<String> awaited() {
        return view.awaited().map(EvaluationView::id);
    }

    private Update insert(String sql) {
        return handle.createUpdate(sql).bind("id", view.id());
    }

    private void write(String evaluation, MessageKey key, Event message, long change) {
        changedEvaluations.putIfAbsent(evaluation, change);
        if (key.kind() == MessageKey.Kind.PLAN) {
            // the plan of a later attempt takes the place of an earlier one's
            insert(
                            "delete from evaluation_messages where experiment = :id and evaluation = :evaluation and kind = :kind")
                    .bind("evaluation", evaluation)
                    .bind("kind", key.kind().name())
                    .execute();
        }
        insert("insert into evaluation_messages (experiment, evaluation, kind, item, change, message)"
                        + " values (:id, :evaluation, :kind, :item, :change, :message)")
                .bind("evaluation", evaluation)
                .bind("kind", key.kind().name())
                .bind("item", key.item())
                .bind("change", change)
                .bind("message", Messages.text(message))
                .execute();
        for (String thinned : view.takeThinned()) {
            insert("delete from evaluation_messages where experiment = :id and evaluation = :evaluation")
                    .bind("evaluation", thinned)
                    .execute();
            remove(thinned);
            // a last checkpoint of this epoch still waits for its own
            view.evaluation(thinned).ifPresent(awaited -> changedEvaluations.put(thinned, change));
        }
    }

    /**
     * Removes the rows by which an evaluation is listed at once: one that comes again counts from then on, no matter which messages come
     * in one batch.
     */
    private void remove(String evaluation) {
        changedEvaluations.remove(evaluation);
        OpenEvaluations.remove(handle, view.id(), evaluation);
        EvaluationRows.remove(handle, view.id(), evaluation);
    }

    /**
     * Writes the documents of the experiment and of its evaluations again. An awaited evaluation has no row yet if its checkpoint came to
     * a gateway that did not list such evaluations: it gets one, with the number of a change of its own.
     */
    void renewDocuments() {
        for (EvaluationView evaluation : view.evaluations()) {
            if (!EvaluationRows.renew(handle, view, evaluation)) {
                changedEvaluations.put(evaluation.id(), ReadModel.nextChange(handle));
            }
        }
        save();
    }

    /** Writes what the events of a batch have made of the experiment. */
    void save() {
        training.save();
        changedEvaluations.forEach((id, change) -> view.evaluation(id).ifPresent(evaluation -> {
            OpenEvaluations.write(handle, view.id(), evaluation, change);
            EvaluationRows.write(handle, view, evaluation, change);
        }));
        changedEvaluations.clear();
        insert(
                        hasRow
                                ? "update experiments set submitted_at = :submittedAt, dataset = :dataset, method = :method,"
                                        + " network = :network, norm = :norm, radius = :radius, seed = :seed, state = :state,"
                                        + " cancel_requested = :cancelRequested, epoch_stride = :epochStride,"
                                        + " submit = :submit, status = :status, checkpoint = :checkpoint,"
                                        + " document = :document, name = :name, notes = :notes, tags = :tags where id = :id"
                                : "insert into experiments (id, submitted_at, dataset, method, network, norm, radius, seed,"
                                        + " state, cancel_requested, epoch_stride, submit, status, checkpoint, document, name, notes,"
                                        + " tags)"
                                        + " values (:id, :submittedAt, :dataset, :method, :network, :norm, :radius, :seed,"
                                        + " :state, :cancelRequested, :epochStride, :submit, :status, :checkpoint, :document, :name,"
                                        + " :notes, :tags)")
                .bindMap(new ExperimentColumns(view).values())
                .execute();
        hasRow = true;
    }
}
