package org.rtda.evaluator.lifecycle;

import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jboss.logging.Logger;
import org.rtda.contracts.CheckpointSaved;
import org.rtda.contracts.EvaluationId;
import org.rtda.contracts.EventCodec;
import org.rtda.contracts.MetricSubject;
import org.rtda.contracts.RobustnessMetric;
import org.rtda.contracts.check.InvalidMessageException;
import org.rtda.contracts.settings.Condition;
import org.rtda.evaluator.context.EvaluationIds;
import org.rtda.evaluator.context.EvaluatorEvents;
import org.rtda.evaluator.context.EvaluatorFailure;
import org.rtda.evaluator.suite.Suite;
import org.rtda.evaluator.suite.Suites;
import org.rtda.store.ArtifactStore;
import org.rtda.store.CheckpointDocuments;

/**
 * Ends an evaluation that nobody will plan, since the record that asks for it becomes a dead letter: whoever waits for it must not wait for
 * ever. It is announced with one condition, the clean images, which has failed with the reason.
 */
public final class FailUnplanned {
    private static final Logger LOG = Logger.getLogger(FailUnplanned.class);

    private final CheckpointDocuments documents;
    private final PublishedMetrics published;
    private final EvaluatorEvents events;
    private final Clock clock;

    public FailUnplanned(ArtifactStore store, PublishedMetrics published, EvaluatorEvents events, Clock clock) {
        this.documents = new CheckpointDocuments(store);
        this.published = published;
        this.events = events;
        this.clock = clock;
    }

    /**
     * Does nothing where the evaluation is planned already, by an earlier record of the same. All published metrics must have been read.
     * Ends when the broker has everything.
     *
     * @throws org.rtda.store.ArtifactStoreUnavailableException when the store is out of reach; worth another try
     * @throws RuntimeException when the broker refuses one for good
     */
    public void fail(EvaluationId id, String reason) {
        String evaluation = id.text();
        if (published.isComplete(evaluation) || published.open(evaluation).isPresent()) {
            LOG.infof("Evaluation %s: planned before, by a record that could be read", evaluation);
            return;
        }
        RobustnessMetric.Planned planned = planned(id);
        RobustnessMetric.Failed failed = new UnansweredEvaluation(planned, planned.conditions())
                .failed(planned.time(), EvaluatorFailure.REQUEST_REFUSED.sentence(reason), null)
                .get(0);
        LOG.warnf("Evaluation %s: %s", evaluation, failed.reason());
        // the plan last: an evaluator that dies in between leaves no plan without its answer, and the next one does
        // both again
        for (RobustnessMetric metric : List.of(failed, planned)) {
            events.publish(metric).toCompletableFuture().join();
            published.add(metric);
        }
    }

    private RobustnessMetric.Planned planned(EvaluationId id) {
        Optional<CheckpointSaved> checkpoint = checkpoint(id);
        Suite suite = suite(id, checkpoint);
        Instant now = clock.instant();
        return RobustnessMetric.Planned.builder()
                .id(EvaluationIds.planned(id.text()))
                .time(now)
                .experimentId(id.experimentId())
                .evaluationId(id.text())
                .attempt(checkpoint.map(CheckpointSaved::attempt).orElse(0L))
                .epoch(id.epoch())
                .step(checkpoint.map(CheckpointSaved::step).orElse(0L))
                .last(checkpoint.map(CheckpointSaved::last).orElse(false))
                .suite(suite.name())
                .conditions(List.of(Condition.clean(suite.split())))
                .subject(checkpoint
                        .map(known -> MetricSubject.of(known.spec()).in(suite.name(), id.text()))
                        .orElse(null))
                .build();
    }

    /** What somebody asked for by name is in the record alone, so that the default stands for it. */
    private static Suite suite(EvaluationId id, Optional<CheckpointSaved> checkpoint) {
        if (!id.isOwn()) {
            return Suites.FULL;
        }
        return checkpoint.map(EvaluationPlan::ownSuite).orElse(Suites.QUICK);
    }

    /** The stored copy; empty where it cannot be read either, as that of a later build. */
    private Optional<CheckpointSaved> checkpoint(EvaluationId id) {
        try {
            return documents
                    .ofEpoch(id.experimentId(), id.epoch())
                    .map(json -> EventCodec.read(json, CheckpointSaved.class));
        } catch (InvalidMessageException e) {
            LOG.debugf("the checkpoint of %s cannot be read: %s", id.text(), e.getMessage());
            return Optional.empty();
        }
    }
}
