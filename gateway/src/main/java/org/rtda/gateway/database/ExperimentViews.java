package org.rtda.gateway.database;

import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.BiFunction;
import java.util.function.BooleanSupplier;
import java.util.function.Function;
import java.util.function.Predicate;
import org.jboss.logging.Logger;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.Query;
import org.rtda.contracts.EvaluationCommand;
import org.rtda.contracts.ExperimentStatus;
import org.rtda.contracts.ObjectKeys;
import org.rtda.contracts.RobustnessMetric;
import org.rtda.contracts.settings.Condition;
import org.rtda.gateway.problem.ProblemException;
import org.rtda.gateway.view.EvaluationDocument;
import org.rtda.gateway.view.EvaluationView;
import org.rtda.gateway.view.ExperimentDocument;
import org.rtda.gateway.view.ExperimentView;
import org.rtda.gateway.view.MessageKey;
import org.rtda.gateway.view.QueuePlace;

/**
 * What is known of all experiments, as it stands in the database. Safe for several threads. Every method fails with a
 * {@link ProblemException} of status 503 while the database does not answer.
 */
public final class ExperimentViews {
    private static final Logger LOG = Logger.getLogger(ExperimentViews.class);
    private static final long MILLIS_BETWEEN_LOOKS = 25;

    private final Database database;
    private final int mostSteps;
    private final Duration patience;

    /**
     * @param mostSteps training metrics of one answer, evenly spread over the run
     * @param patience how long {@link #await} waits
     */
    public ExperimentViews(Database database, int mostSteps, Duration patience) {
        this.database = database;
        this.mostSteps = mostSteps;
        this.patience = patience;
    }

    /** Reads one experiment; empty when nobody has submitted it. The view must not leave the function. */
    public <T> Optional<T> read(String id, Function<ExperimentView, T> reading) {
        return database.snapshot(handle -> load(handle, id).map(reading));
    }

    private Optional<ExperimentView> load(Handle handle, String id) {
        return submitted(StoredExperiment.load(handle, id, mostSteps));
    }

    private static Optional<ExperimentView> submitted(StoredExperiment stored) {
        return Optional.of(stored.view()).filter(view -> view.submit().isPresent());
    }

    /**
     * As {@link #read}.
     *
     * @throws ProblemException 404 when nobody has submitted it
     */
    public <T> T readKnown(String id, Function<ExperimentView, T> reading) {
        return read(id, reading).orElseThrow(() -> ProblemException.unknownExperiment(id));
    }

    /**
     * As {@link #readKnown}, of several experiments in this order, as they all are at one moment.
     *
     * @param wanted whether the outcomes of a condition are read; those of one that no plan names always are
     */
    public <T> List<T> readAllKnown(
            List<String> ids, Predicate<Condition> wanted, Function<ExperimentView, T> reading) {
        return database.snapshot(handle -> ids.stream()
                .map(id -> loadKnown(handle, id, wanted))
                .map(reading)
                .toList());
    }

    private ExperimentView loadKnown(Handle handle, String id, Predicate<Condition> wanted) {
        List<Condition> others = StoredExperiment.planned(handle, id).stream()
                .filter(wanted.negate())
                .toList();
        return submitted(StoredExperiment.load(handle, id, mostSteps, others))
                .orElseThrow(() -> ProblemException.unknownExperiment(id));
    }

    /**
     * As {@link #readKnown}, with one of its evaluations.
     *
     * @param called as {@link ExperimentView#evaluationCalled} takes it
     * @throws ProblemException 404 when nobody has submitted the experiment, or it has no such evaluation
     */
    public <T> T readEvaluation(String id, String called, BiFunction<ExperimentView, EvaluationView, T> reading) {
        return readKnown(
                id,
                view -> reading.apply(
                        view,
                        view.evaluationCalled(called)
                                .orElseThrow(() -> ProblemException.unknownEvaluation(
                                        called,
                                        view.evaluations().stream()
                                                .map(EvaluationView::id)
                                                .toList()))));
    }

    /**
     * Waits until the view of an experiment is as wanted, so that whoever sent a command can look at once. The command stands whether
     * or not the wait ends in time.
     *
     * @return whether it is as wanted
     */
    public boolean await(String id, Predicate<ExperimentView> wanted) {
        return awaitUntil(id, () -> read(id, wanted::test).orElse(false));
    }

    /** As {@link #await}, until the experiment is deleted. */
    public boolean awaitDeletion(String id) {
        return awaitUntil(id, () -> isDeleted(id));
    }

    private boolean awaitUntil(String id, BooleanSupplier shown) {
        long deadline = System.nanoTime() + patience.toNanos();
        try {
            while (!shown.getAsBoolean()) {
                if (System.nanoTime() >= deadline) {
                    LOG.debugf("experiment %s: the read model does not show the command yet", id);
                    return false;
                }
                TimeUnit.MILLISECONDS.sleep(MILLIS_BETWEEN_LOOKS);
            }
            return true;
        } catch (ProblemException databaseAway) {
            LOG.debugf("experiment %s: %s", id, databaseAway.getMessage());
            return false;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    /** Whether there was such an experiment and somebody deleted it. */
    public boolean isDeleted(String id) {
        return database.read(handle -> DeletedExperiments.contains(handle, id));
    }

    /** The ids of the experiments that begin with weights of this one, oldest first. */
    public List<String> startingFrom(String id) {
        // as EventCodec writes it
        String start = "\"initialWeights\":{\"key\":\"" + ObjectKeys.experiment(id);
        return database.read(handle -> handle.createQuery("select id from experiments where submit is not null"
                        + " and position(:start in submit) > 0 and id <> :id order by submitted_at, id")
                .bind("start", start)
                .bind("id", id)
                .mapTo(String.class)
                .list());
    }

    /** The ids of the evaluations of other experiments that have not ended and whose images are made against this one's model. */
    public List<String> openTransfersFrom(String id) {
        return database
                .read(handle -> handle.createQuery("select open_evaluations.evaluation, message from open_evaluations"
                                + " join evaluation_messages on evaluation_messages.experiment = open_evaluations.experiment"
                                + " and evaluation_messages.evaluation = open_evaluations.evaluation"
                                + " where kind = :kind and open_evaluations.experiment <> :id order by since")
                        .bind("kind", MessageKey.Kind.COMMAND.name())
                        .bind("id", id)
                        .map((row, context) ->
                                Map.entry(row.getString(1), Messages.read(row.getString(2), EvaluationCommand.class)))
                        .list())
                .stream()
                .filter(open -> open.getValue().transferFrom() != null
                        && open.getValue().transferFrom().stream()
                                .anyMatch(source -> source.experimentId().equals(id)))
                .map(Map.Entry::getKey)
                .toList();
    }

    /** One experiment as REST shows it; empty when nobody has submitted it. */
    public Optional<ExperimentDocument> document(String id) {
        return database.snapshot(handle -> {
            List<ExperimentDocument> found = withQueues(
                    handle,
                    handle.createQuery("select id, document from experiments where " + ExperimentColumns.SUBMITTED
                                    + " and id = :id")
                            .bind("id", id)
                            .map((row, context) -> document(handle, row.getString(1), row.getString(2)))
                            .list());
            return found.stream().findFirst();
        });
    }

    /** Every submitted experiment on a data set, whichever version of it, as REST shows it, newest first. */
    public List<ExperimentDocument> onDataset(String dataset) {
        return database.snapshot(handle -> withQueues(
                handle,
                handle.createQuery("select id, document from experiments where " + ExperimentColumns.SUBMITTED
                                + " and dataset = :dataset order by submitted_at desc, id")
                        .bind("dataset", dataset)
                        .map((row, context) -> document(handle, row.getString(1), row.getString(2)))
                        .list()));
    }

    /**
     * The experiment's evaluations so far, by epoch, with their places in the queue.
     *
     * @throws ProblemException 404 when nobody has submitted it
     */
    public List<EvaluationDocument> evaluations(String id) {
        return database.snapshot(handle -> {
            ExperimentView view = load(handle, id).orElseThrow(() -> ProblemException.unknownExperiment(id));
            return EvaluationRows.withQueues(
                    handle,
                    view.evaluations().stream()
                            .map(evaluation -> EvaluationDocument.of(view, evaluation))
                            .toList());
        });
    }

    /** When each evaluation ended that has, by its id. */
    public Map<String, Instant> endsOfEvaluations() {
        return database.read(handle -> handle.createQuery(
                        "select evaluation, message from evaluation_messages where kind = :kind")
                .bind("kind", MessageKey.Kind.END.name())
                .map((row, context) -> Map.entry(
                        row.getString(1),
                        Messages.read(row.getString(2), RobustnessMetric.class).time()))
                .collectToMap(Map.Entry::getKey, Map.Entry::getValue));
    }

    /** A page of the evaluations of all submitted experiments. */
    public EvaluationQuery.Page evaluations(EvaluationQuery query) {
        return database.snapshot(handle -> EvaluationRows.page(handle, query, (experiment, evaluation) -> {
            ExperimentView view = load(handle, experiment).orElseThrow();
            return EvaluationDocument.of(view, view.evaluation(evaluation).orElseThrow());
        }));
    }

    /** A page of the submitted experiments. */
    public ExperimentQuery.Page page(ExperimentQuery query) {
        return database.snapshot(handle -> {
            List<Listed> found = bound(handle.createQuery(query.sql("id, document, submitted_at")), query)
                    .map((row, context) -> new Listed(
                            document(handle, row.getString(1), row.getString(2)),
                            row.getObject(3, OffsetDateTime.class).toInstant()))
                    .list();
            List<Listed> page = found.subList(0, Math.min(query.limit(), found.size()));
            Listed last = found.size() > page.size() ? page.get(page.size() - 1) : null;
            return new ExperimentQuery.Page(
                    withQueues(handle, page.stream().map(Listed::document).toList()),
                    last == null ? null : new ExperimentQuery.Place(last.submittedAt, last.document.id()));
        });
    }

    private record Listed(ExperimentDocument document, Instant submittedAt) {}

    private static Query bound(Query statement, ExperimentQuery query) {
        query.equal().forEach((column, value) -> statement.bind(column.name(), column.bound(value)));
        if (query.from() != null) {
            statement.bind("from", utc(query.from()));
        }
        if (query.before() != null) {
            statement.bind("before", utc(query.before()));
        }
        if (query.after() != null) {
            statement.bind("afterTime", utc(query.after().submittedAt()));
            statement.bind("afterId", query.after().id());
        }
        return statement;
    }

    private static OffsetDateTime utc(Instant time) {
        return time.atOffset(ZoneOffset.UTC);
    }

    private ExperimentDocument document(Handle handle, String id, String stored) {
        return stored == null
                ? ExperimentDocument.of(load(handle, id).orElseThrow(), null)
                : Messages.read(stored, ExperimentDocument.class);
    }

    private static List<ExperimentDocument> withQueues(Handle handle, List<ExperimentDocument> documents) {
        if (documents.stream().noneMatch(ExperimentDocument::waits)) {
            return documents;
        }
        Map<String, QueuePlace> queue =
                QueuePlace.of(handle.createQuery("select id from experiments where " + ExperimentColumns.SUBMITTED
                                + " and state = :queued and cancel_requested = false order by submitted_at, id")
                        .bind("queued", ExperimentStatus.State.QUEUED.name())
                        .mapTo(String.class)
                        .list());
        return documents.stream()
                .map(document -> document.waits() ? document.withQueue(queue.get(document.id())) : document)
                .toList();
    }

    /** Submitted experiments in this state. */
    public long count(ExperimentStatus.State state) {
        return database.read(handle -> handle.createQuery(
                        "select count(*) from experiments where " + ExperimentColumns.SUBMITTED + " and state = :state")
                .bind("state", state.name())
                .mapTo(Long.class)
                .one());
    }
}
