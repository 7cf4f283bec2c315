package org.rtda.evaluator.lifecycle;

import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.jboss.logging.Logger;
import org.rtda.contracts.CheckpointSaved;
import org.rtda.contracts.EvaluationCommand;
import org.rtda.contracts.EvaluationTask;
import org.rtda.contracts.RobustnessMetric;
import org.rtda.contracts.dataset.DatasetManifest;
import org.rtda.evaluator.context.EvaluatorEvents;
import org.rtda.store.ArtifactCorruptException;
import org.rtda.store.ArtifactMissingException;
import org.rtda.store.DatasetReader;

/**
 * Turns a checkpoint, or a command to evaluate one, into a plan and its tasks: only once, however often the record is delivered.
 */
public final class PlanEvaluation {
    private static final Logger LOG = Logger.getLogger(PlanEvaluation.class);

    private final DatasetReader datasets;
    private final PublishedMetrics published;
    private final CancelledEvaluations cancelled;
    private final AnnounceCancelled cancellation;
    private final Heard others;
    private final EvaluatorEvents events;
    private final Clock clock;

    /** Waits until every cancel and every plan that was published before the call is known. */
    public interface Heard {
        void await() throws InterruptedException;
    }

    public PlanEvaluation(
            DatasetReader datasets,
            PublishedMetrics published,
            CancelledEvaluations cancelled,
            AnnounceCancelled cancellation,
            Heard others,
            EvaluatorEvents events,
            Clock clock) {
        this.datasets = datasets;
        this.published = published;
        this.cancelled = cancelled;
        this.cancellation = cancellation;
        this.others = others;
        this.events = events;
        this.clock = clock;
    }

    /**
     * As the experiment's settings want it. Ends when the broker has everything. Tasks whose answer is there already are
     * not published again; one that is published twice, because a replica died in between, is recognised by whoever gets
     * it.
     *
     * @throws org.rtda.store.ArtifactStoreUnavailableException when the data set's manifest is out of reach; worth another try
     */
    public void plan(CheckpointSaved checkpoint) throws InterruptedException {
        Optional<DatasetManifest> manifest = manifest(checkpoint);
        Optional<EvaluationPlan> wanted = EvaluationPlan.of(checkpoint, manifest);
        if (wanted.isPresent()) {
            carryOut(wanted.get(), manifest);
        }
    }

    /**
     * As somebody wants it.
     *
     * @throws org.rtda.store.ArtifactStoreUnavailableException as above
     * @throws org.rtda.contracts.check.InvalidFieldException when the command contradicts itself
     */
    public void plan(EvaluationCommand command) throws InterruptedException {
        Optional<DatasetManifest> manifest = manifest(command.checkpoint());
        carryOut(EvaluationPlan.of(command, manifest), manifest);
    }

    private void carryOut(EvaluationPlan plan, Optional<DatasetManifest> manifest) throws InterruptedException {
        String evaluation = plan.evaluationId();
        if (published.isComplete(evaluation)) {
            LOG.infof("Evaluation %s is complete already", evaluation);
            return;
        }
        Instant now = clock.instant();
        if (published.open(evaluation).isEmpty()) {
            RobustnessMetric.Planned announcement = plan.planned(now);
            events.publish(announcement).toCompletableFuture().join();
            published.add(announcement);
        }
        // whoever ends what a later cancel names finds this plan; of two that were published at once, all find the same
        others.await();
        if (cancelled.contains(plan.checkpoint().experimentId(), evaluation)) {
            // planned all the same, so that it is complete once its conditions are answered: somebody may wait
            LOG.infof("Evaluation %s is cancelled: nothing of it is measured", evaluation);
            cancellation.ofExperiment(plan.checkpoint().experimentId());
            return;
        }
        // what was planned first counts: an earlier build, or another command of the same name, may have had other
        // conditions, each of which needs its answer
        Optional<RobustnessMetric.Planned> first = published.open(evaluation).map(UnansweredEvaluation::planned);
        if (first.isEmpty()) {
            LOG.infof("Evaluation %s is complete by now", evaluation);
            return;
        }
        EvaluationPlan counting = plan.as(first.get(), manifest);
        if (!counting.conditions().equals(plan.conditions())) {
            LOG.warnf(
                    "Evaluation %s was planned before with other conditions (%s, not %s), which stand",
                    evaluation, counting.suite(), plan.suite());
        }
        List<EvaluationTask> tasks = counting.tasks(now);
        // Attackers are the last to finish unless they are the first to begin; evaluators take what the broker has
        // first.
        int sent = send(tasks, true) + send(tasks, false);
        LOG.infof("Evaluation %s (%s): %d conditions, %d to measure", evaluation, counting.suite(), tasks.size(), sent);
    }

    /** Ends when the broker has those that wait for attackers, or those that do not. */
    private int send(List<EvaluationTask> tasks, boolean forAttackers) {
        List<CompletableFuture<Void>> sent = new ArrayList<>();
        for (int i = 0; i < tasks.size(); i++) {
            EvaluationTask task = tasks.get(i);
            if (EvaluationPlan.needsAttackers(task.condition()) == forAttackers
                    && !published.isAnswered(task.evaluationId(), task.condition())) {
                sent.add(events.request(task).toCompletableFuture());
            }
        }
        CompletableFuture.allOf(sent.toArray(CompletableFuture[]::new)).join();
        return sent.size();
    }

    private Optional<DatasetManifest> manifest(CheckpointSaved checkpoint) {
        try {
            return Optional.of(datasets.manifest(checkpoint.dataset()));
        } catch (ArtifactMissingException | ArtifactCorruptException e) {
            LOG.warnf("Data set of %s: %s", checkpoint.experimentId(), e.getMessage());
            return Optional.empty();
        }
    }
}
