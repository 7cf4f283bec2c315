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
import org.rtda.contracts.EventCodec;
import org.rtda.contracts.ObjectKeys;
import org.rtda.contracts.RobustnessMetric;
import org.rtda.contracts.check.InvalidMessageException;
import org.rtda.contracts.dataset.DatasetManifest;
import org.rtda.evaluator.context.EvaluatorEvents;
import org.rtda.evaluator.gates.EndedConditions;
import org.rtda.evaluator.gates.EndedEvaluation;
import org.rtda.evaluator.gates.EvaluationGates;
import org.rtda.store.ArtifactException;
import org.rtda.store.ArtifactStore;
import org.rtda.store.DatasetReader;

/**
 * Publishes the verdicts of the gates, and then that the evaluation has ended. Blocks while the store and the broker
 * answer.
 */
public final class AnnounceCompletion {
    private static final Logger LOG = Logger.getLogger(AnnounceCompletion.class);

    private final ArtifactStore store;
    private final DatasetReader datasets;
    private final EvaluatorEvents events;
    private final Clock clock;
    private final Counter evaluations;
    private final Map<RobustnessMetric.Gate.Outcome, Counter> gateOutcomes =
            new EnumMap<>(RobustnessMetric.Gate.Outcome.class);

    public AnnounceCompletion(
            ArtifactStore store, DatasetReader datasets, EvaluatorEvents events, Clock clock, MeterRegistry meters) {
        this.store = store;
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
    }

    private EndedConditions conditions(EndedEvaluation ended) {
        Optional<CheckpointSaved> checkpoint = checkpoint(ended.planned());
        return new EndedConditions(ended, checkpoint, checkpoint.flatMap(this::manifest));
    }

    /** Empty when it cannot be read: an evaluation ends all the same, and gates that need it say that they do not know. */
    private Optional<CheckpointSaved> checkpoint(RobustnessMetric.Planned planned) {
        String key = ObjectKeys.checkpoint(planned.experimentId(), planned.epoch(), "checkpoint.json");
        try {
            return store.find(key).map(bytes -> EventCodec.read(bytes, CheckpointSaved.class));
        } catch (ArtifactException | InvalidMessageException e) {
            LOG.warnf("%s cannot be read: %s", key, e.getMessage());
            return Optional.empty();
        }
    }

    private Optional<DatasetManifest> manifest(CheckpointSaved checkpoint) {
        try {
            return Optional.of(datasets.manifest(checkpoint.dataset()));
        } catch (ArtifactException e) {
            LOG.warnf("The data set of %s cannot be read: %s", checkpoint.experimentId(), e.getMessage());
            return Optional.empty();
        }
    }
}
