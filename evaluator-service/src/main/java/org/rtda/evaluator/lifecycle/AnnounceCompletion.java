package org.rtda.evaluator.lifecycle;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Clock;
import java.time.Instant;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.jboss.logging.Logger;
import org.rtda.contracts.CheckpointSaved;
import org.rtda.contracts.EvaluationId;
import org.rtda.contracts.EventCodec;
import org.rtda.contracts.RobustnessMetric;
import org.rtda.contracts.check.InvalidMessageException;
import org.rtda.contracts.dataset.DatasetManifest;
import org.rtda.evaluator.attack.AttackCentres;
import org.rtda.evaluator.context.EvaluatorEvents;
import org.rtda.evaluator.gates.EndedConditions;
import org.rtda.evaluator.gates.EndedEvaluation;
import org.rtda.evaluator.gates.EvaluationGates;
import org.rtda.store.ArtifactCorruptException;
import org.rtda.store.ArtifactMissingException;
import org.rtda.store.ArtifactStore;
import org.rtda.store.CheckpointDocuments;
import org.rtda.store.DatasetReader;

/**
 * Publishes the verdicts of the gates, and then that the evaluation has ended. Blocks while the store and the broker
 * answer.
 */
public final class AnnounceCompletion {
    private static final Logger LOG = Logger.getLogger(AnnounceCompletion.class);

    private final ArtifactStore store;
    private final CheckpointDocuments documents;
    private final DatasetReader datasets;
    private final EvaluatorEvents events;
    private final Clock clock;
    private final Counter evaluations;
    private final Map<RobustnessMetric.Gate.Outcome, Counter> gateOutcomes =
            new EnumMap<>(RobustnessMetric.Gate.Outcome.class);

    public AnnounceCompletion(
            ArtifactStore store, DatasetReader datasets, EvaluatorEvents events, Clock clock, MeterRegistry meters) {
        this.store = store;
        this.documents = new CheckpointDocuments(store);
        this.datasets = datasets;
        this.events = events;
        this.clock = clock;
        this.evaluations = Counter.builder("rtda.evaluator.evaluations")
                .description("evaluations whose end this replica announced")
                .register(meters);
        for (RobustnessMetric.Gate.Outcome outcome : RobustnessMetric.Gate.Outcome.values()) {
            gateOutcomes.put(
                    outcome,
                    Counter.builder("rtda.evaluator.gates")
                            .description("gates that were judged, by what they found")
                            .tag(
                                    "outcome",
                                    outcome.name().toLowerCase(Locale.ROOT).replace('_', '-'))
                            .register(meters));
        }
    }

    /** @throws org.rtda.store.ArtifactStoreUnavailableException while the store is out of reach; nothing is published then, and another try is worth it */
    public void announce(EndedEvaluation ended) {
        Instant now = clock.instant();
        List<RobustnessMetric.Gate> gates =
                EvaluationGates.areJudged(ended.planned()) ? EvaluationGates.of(conditions(ended), now) : List.of();
        CompletableFuture.allOf(gates.stream()
                        .map(gate -> events.publish(gate).toCompletableFuture())
                        .toArray(CompletableFuture[]::new))
                .join();
        RobustnessMetric.Completed completed = ended.completed(now);
        events.publish(completed).toCompletableFuture().join();
        evaluations.increment();
        gates.forEach(gate -> gateOutcomes.get(gate.outcome()).increment());
        LOG.infof(
                "Evaluation %s is complete: %d measured, %d failed, gates failed: %s",
                completed.evaluationId(),
                completed.measured(),
                completed.failed(),
                gates.stream()
                        .filter(gate -> gate.outcome() == RobustnessMetric.Gate.Outcome.FAILED)
                        .map(RobustnessMetric.Gate::gate)
                        .toList());
        removeWhatEvaluatorsLeft(ended.planned());
    }

    /**
     * Images that attacks were to start from, of evaluators that were killed before they could remove them, and answers that came when
     * nobody waited for them any more.
     */
    private void removeWhatEvaluatorsLeft(RobustnessMetric.Planned planned) {
        EvaluationId evaluation = EvaluationId.parse(planned.evaluationId());
        try {
            store.list(AttackCentres.of(evaluation)).forEach(store::delete);
            store.list(AttackCentres.answersTo(evaluation)).forEach(store::delete);
        } catch (RuntimeException e) {
            // the evaluation has ended, whatever becomes of what it left
            LOG.warnf("Evaluation %s: not all transient objects were removed: %s", evaluation, e.getMessage());
        }
    }

    private EndedConditions conditions(EndedEvaluation ended) {
        Optional<CheckpointSaved> checkpoint = checkpoint(ended.planned());
        return new EndedConditions(ended, checkpoint, checkpoint.flatMap(this::manifest));
    }

    /** Empty when it is gone or cannot be read: an evaluation ends all the same, and gates that need it say that they do not know. */
    private Optional<CheckpointSaved> checkpoint(RobustnessMetric.Planned planned) {
        try {
            return documents
                    .ofEpoch(planned.experimentId(), planned.epoch())
                    .map(bytes -> EventCodec.read(bytes, CheckpointSaved.class));
        } catch (InvalidMessageException e) {
            LOG.warnf("The checkpoint of %s cannot be read: %s", planned.evaluationId(), e.getMessage());
            return Optional.empty();
        }
    }

    private Optional<DatasetManifest> manifest(CheckpointSaved checkpoint) {
        try {
            return Optional.of(datasets.manifest(checkpoint.dataset()));
        } catch (ArtifactMissingException | ArtifactCorruptException e) {
            LOG.warnf("The data set of %s cannot be read: %s", checkpoint.experimentId(), e.getMessage());
            return Optional.empty();
        }
    }
}
