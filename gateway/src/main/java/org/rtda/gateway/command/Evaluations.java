package org.rtda.gateway.command;

import java.time.Clock;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import org.rtda.contracts.CheckpointSaved;
import org.rtda.contracts.EvaluationCommand;
import org.rtda.contracts.EvaluationId;
import org.rtda.contracts.EventCodec;
import org.rtda.contracts.check.Check;
import org.rtda.contracts.check.KnownNames;
import org.rtda.contracts.dataset.DatasetManifest;
import org.rtda.contracts.dataset.DatasetRef;
import org.rtda.contracts.settings.AttackSettings;
import org.rtda.contracts.settings.SourceModel;
import org.rtda.gateway.api.ApiPath;
import org.rtda.gateway.database.ExperimentViews;
import org.rtda.gateway.database.IdempotencyKeys;
import org.rtda.gateway.problem.ProblemException;
import org.rtda.gateway.view.EvaluationDocument;
import org.rtda.gateway.view.EvaluationView;
import org.rtda.gateway.view.ExperimentView;
import org.rtda.gateway.view.Unfinished;
import org.rtda.store.ArtifactStore;
import org.rtda.store.CheckpointDocuments;
import org.rtda.store.DatasetReader;
import org.rtda.store.Datasets;

/** The commands on evaluations. One that arrives twice is answered alike and made once. */
public final class Evaluations {
    private static final String TRANSFER = "transfer";
    private static final int MOST_SOURCES = 1000;

    private final ExperimentViews views;
    private final ArtifactStore store;
    private final CheckpointDocuments documents;
    private final Datasets datasets;
    private final DatasetReader reader;
    private final IdempotencyKeys keys;
    private final EvaluationSender sender;
    private final CommandSender canceller;
    private final Clock clock;

    /** @param canceller ends what was sent while its data set was removed */
    public Evaluations(
            ExperimentViews views,
            ArtifactStore store,
            Datasets datasets,
            DatasetReader reader,
            IdempotencyKeys keys,
            EvaluationSender sender,
            CommandSender canceller,
            Clock clock) {
        this.views = views;
        this.store = store;
        this.documents = new CheckpointDocuments(store);
        this.datasets = datasets;
        this.reader = reader;
        this.keys = keys;
        this.sender = sender;
        this.canceller = canceller;
        this.clock = clock;
    }

    /**
     * @return the evaluation's id
     * @throws org.rtda.contracts.check.InvalidFieldException when a value is not allowed
     * @throws ProblemException 400 when a source does not fit, 404 when the experiment or the checkpoint is not there, 409 when
     *     the name is taken by another evaluation or by one that was cancelled, or the data set is not there any more, 503 when
     *     the broker is gone
     * @throws org.rtda.store.DatasetBusyException when the data set is being removed
     */
    public Asked ask(String id, EvaluationRequest request) {
        if (request.suite() != null && request.transferFrom() != null) {
            throw ProblemException.badValue("suite", request.suite(), "absent where transferFrom is given");
        }
        if (request.epsilon() != null && request.transferFrom() == null) {
            throw ProblemException.badValue("epsilon", request.epsilon(), "absent without transferFrom");
        }
        Optional<CheckpointSaved> newest = views.readKnown(id, ExperimentView::checkpoint);
        String suite = request.transferFrom() != null
                ? null
                : Check.oneOf("suite", request.suite() == null ? "full" : request.suite(), KnownNames.SUITES);
        CheckpointSaved checkpoint = checkpoint(newest, id, request.epoch());
        String name = request.name() != null
                ? Check.name("name", request.name())
                : freeName(id, checkpoint, suite != null ? suite : TRANSFER);
        List<SourceModel> sources = request.transferFrom() == null ? null : sources(checkpoint, request.transferFrom());
        if (request.epsilon() != null && checkpoint.spec().attack().norm().equals("l2")) {
            DatasetManifest data = reader.manifest(checkpoint.dataset());
            Check.inRange(
                    "epsilon",
                    request.epsilon(),
                    0,
                    AttackSettings.largestL2Distance(data.channels(), data.height(), data.width()));
        }
        return askOnce(EvaluationCommand.builder()
                .id(EvaluationId.named(id, checkpoint.epoch(), name).text() + "/command")
                .time(clock.instant())
                .experimentId(id)
                .name(name)
                .checkpoint(checkpoint)
                .suite(suite)
                .transferFrom(sources)
                .epsilon(request.epsilon())
                .build());
    }

    /**
     * An evaluation that was cancelled, or that has ended without any figure, keeps its id, so that what is asked for after it is told apart:
     * {@code full}, then {@code full-2}.
     */
    private String freeName(String id, CheckpointSaved checkpoint, String wanted) {
        String name = wanted;
        for (int number = 2;
                isSpent(EvaluationId.named(id, checkpoint.epoch(), name).text(), id);
                number++) {
            name = wanted + "-" + number;
        }
        return name;
    }

    private boolean isSpent(String evaluation, String id) {
        return isCancelled(evaluation, id)
                || views.read(id, view -> view.evaluation(evaluation)
                                .filter(known ->
                                        EvaluationDocument.of(view, known).state() == EvaluationDocument.State.FAILED)
                                .isPresent())
                        .orElse(false);
    }

    /** Whether it has ended, or will end, without some of its figures because people cancelled it. */
    private boolean isCancelled(String evaluation, String id) {
        return views.read(id, view -> {
                    EvaluationView.Progress progress = view.evaluation(evaluation)
                            .map(EvaluationView::progress)
                            .orElse(EvaluationView.Progress.NONE);
                    return progress.cancelled() > 0 || !progress.completed() && view.isCancelRequested(evaluation);
                })
                .orElse(false);
    }

    private Asked askOnce(EvaluationCommand command) {
        String evaluation = EvaluationId.named(
                        command.experimentId(), command.checkpoint().epoch(), command.name())
                .text();
        if (isSpent(evaluation, command.experimentId())) {
            throw ProblemException.conflict("evaluation " + evaluation
                    + (isCancelled(evaluation, command.experimentId()) ? " was cancelled" : " has failed")
                    + ": give this one a name of its own");
        }
        Optional<EvaluationCommand> before = views.read(command.experimentId(), view -> view.evaluation(evaluation)
                        .map(EvaluationView::command))
                .flatMap(asked -> asked);
        if (before.isEmpty()) {
            return datasets.using(command.checkpoint().dataset().name(), () -> askFirst(evaluation, command));
        }
        if (!same(before.get(), command)) {
            throw ProblemException.conflict("evaluation " + evaluation + " was asked for something else ("
                    + inWords(before.get()) + "): give this one a name of its own");
        }
        return new Asked(evaluation, false);
    }

    /** Of an evaluation that the read model does not show: another gateway may have been asked a moment ago. */
    private Asked askFirst(String evaluation, EvaluationCommand command) {
        requireThere(command);
        IdempotencyKeys.Claim claim = IdempotencyKeys.Claim.of(
                IdempotencyKeys.Kind.EVALUATION, evaluation, identity(command), command.experimentId());
        Predicate<ExperimentView> shown =
                view -> view.evaluation(evaluation).map(EvaluationView::command).isPresent();
        Optional<IdempotencyKeys.Claim> before = keys.find(claim.kind(), evaluation);
        if (!before.orElseGet(() -> keys.claim(claim)).equals(claim)) {
            throw ProblemException.conflict(
                    "evaluation " + evaluation + " was asked for something else: give this one a name of its own");
        }
        // where it does not come, whoever claimed the name may have failed before the command was published
        if (before.isPresent() && views.await(command.experimentId(), shown)) {
            return new Asked(evaluation, false);
        }
        sender.send(command);
        // whoever asks can look at once
        views.await(command.experimentId(), shown);
        requireStillThere(command, evaluation);
        return new Asked(evaluation, true);
    }

    /** The same for commands that ask for the same. */
    private static byte[] identity(EvaluationCommand command) {
        return EventCodec.write(Arrays.asList(
                command.checkpoint().weights(), command.suite(), command.transferFrom(), command.epsilon()));
    }

    private void requireThere(EvaluationCommand command) {
        DatasetRef data = command.checkpoint().dataset();
        if (isRemoved(data) || store.find(data.manifest().key()).isEmpty()) {
            throw ProblemException.conflict("data set " + data.name() + " is no longer there as experiment "
                    + command.experimentId() + " was made from it: the experiment cannot be evaluated again");
        }
    }

    /**
     * Another gateway may have begun to remove the data set before the command reached it: then its latest manifest is gone, and the
     * evaluation would fail on missing images. A removal that begins after this look sees the evaluation, once the command has reached
     * that gateway. An experiment whose run has not ended keeps its data set, and a cancel would end the run.
     */
    private void requireStillThere(EvaluationCommand command, String evaluation) {
        String id = command.experimentId();
        DatasetRef data = command.checkpoint().dataset();
        boolean hasRun = views.read(id, Unfinished::of).map(Unfinished::run).isPresent();
        if (hasRun || !isRemoved(data)) {
            return;
        }
        canceller.send(Cancels.of(id, List.of(evaluation), clock.instant()));
        throw ProblemException.conflict("data set " + data.name() + " was removed while evaluation " + evaluation
                + " was requested: the evaluation is cancelled");
    }

    private boolean isRemoved(DatasetRef data) {
        return datasets.find(data.name()).isEmpty();
    }

    private static boolean same(EvaluationCommand before, EvaluationCommand now) {
        return before.checkpoint().weights().equals(now.checkpoint().weights())
                && inWords(before).equals(inWords(now))
                && (before.transferFrom() == null || before.transferFrom().equals(now.transferFrom()));
    }

    private static String inWords(EvaluationCommand command) {
        return command.suite() != null
                ? "suite " + command.suite()
                : "transfer from "
                        + String.join(
                                ", ",
                                command.transferFrom().stream()
                                        .map(SourceModel::experimentId)
                                        .toList())
                        + (command.epsilon() == null ? "" : " at " + command.epsilon());
    }

    private CheckpointSaved checkpoint(Optional<CheckpointSaved> latest, String id, Integer epoch) {
        CheckpointSaved newest = latest.orElseThrow(() -> ProblemException.notYet(
                "experiment " + id + " has no checkpoint to judge yet: wait for the end of its first epoch"));
        if (epoch == null || epoch == newest.epoch()) {
            return newest;
        }
        Check.inRange("epoch", epoch, 1, newest.epoch());
        return documents
                .ofEpoch(id, epoch)
                .map(json -> EventCodec.read(json, CheckpointSaved.class))
                .orElseThrow(() -> ProblemException.notYet("experiment " + id + " has no checkpoint of epoch " + epoch
                        + "; its newest is of epoch " + newest.epoch()));
    }

    private List<SourceModel> sources(CheckpointSaved judged, List<String> ids) {
        Check.inRange("transferFrom (how many)", ids.size(), 1, MOST_SOURCES);
        DatasetManifest data = reader.manifest(judged.dataset());
        List<SourceModel> sources = new ArrayList<>();
        for (String source : ids) {
            if (source == null || source.equals(judged.experimentId())) {
                throw ProblemException.badValue(
                        "transferFrom", source, "another experiment than the one that is judged");
            }
            Optional<CheckpointSaved> latest = views.read(source, ExperimentView::checkpoint)
                    .orElseThrow(() -> ProblemException.badValue(
                            "transferFrom", source, "experiments that GET " + ApiPath.V1 + "/experiments lists"));
            CheckpointSaved checkpoint = latest.orElseThrow(() ->
                    ProblemException.badValue("transferFrom", source, "experiments that have a checkpoint by now"));
            requireSameTask(source, reader.manifest(checkpoint.dataset()), data);
            sources.add(new SourceModel(
                    source,
                    checkpoint.spec().network(),
                    checkpoint.weights(),
                    checkpoint.spec().trainedNormalization()));
        }
        if (new HashSet<>(ids).size() < ids.size()) {
            throw ProblemException.badValue("transferFrom", ids, "each experiment once");
        }
        return sources;
    }

    /** A data set that was imported again, with a further test set for instance, is still the same task. */
    private static void requireSameTask(String source, DatasetManifest other, DatasetManifest data) {
        if (!inWords(other).equals(inWords(data))) {
            throw ProblemException.badValue(
                    "transferFrom", source + " (" + inWords(other) + ")", "experiments on " + inWords(data));
        }
    }

    private static String inWords(DatasetManifest data) {
        return data.name() + ", " + data.channels() + " x " + data.height() + " x " + data.width() + ", "
                + data.classes().size() + " classes " + data.classes();
    }

    /** @param isNew false when the same had been asked before */
    public record Asked(String evaluationId, boolean isNew) {}
}
