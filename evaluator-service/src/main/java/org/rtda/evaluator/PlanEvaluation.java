package org.rtda.evaluator;

import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.jboss.logging.Logger;
import org.rtda.contracts.CheckpointSaved;
import org.rtda.contracts.EvaluationTask;
import org.rtda.contracts.RobustnessMetric;
import org.rtda.store.ArtifactCorruptException;
import org.rtda.store.ArtifactMissingException;
import org.rtda.store.DatasetReader;

/** Turns a checkpoint into a plan and its tasks, once, however often the checkpoint is announced. */
final class PlanEvaluation {
    private static final Logger LOG = Logger.getLogger(PlanEvaluation.class);

    private final DatasetReader datasets;
    private final PublishedMetrics published;
    private final EvaluatorEvents events;
    private final Clock clock;

    PlanEvaluation(DatasetReader datasets, PublishedMetrics published, EvaluatorEvents events, Clock clock) {
        this.datasets = datasets;
        this.published = published;
        this.events = events;
        this.clock = clock;
    }

    /**
     * Ends when the broker has everything. Tasks whose answer is there already are not published again; one that is
     * published twice, because a replica died in between, is recognised by whoever gets it.
     *
     * @throws org.rtda.store.ArtifactStoreUnavailableException when the data set's manifest is out of reach; worth another try
     */
    void plan(CheckpointSaved checkpoint) {
        Optional<EvaluationPlan> wanted = planOf(checkpoint);
        if (wanted.isEmpty()) {
            return;
        }
        EvaluationPlan plan = wanted.get();
        Instant now = clock.instant();
        RobustnessMetric.Planned planned = plan.planned(now);
        if (!published.contains(planned.id())) {
            events.publish(planned).toCompletableFuture().join();
            published.add(planned.id());
        }
        List<EvaluationTask> tasks = plan.tasks(now);
        List<CompletableFuture<Void>> sent = new ArrayList<>();
        for (int i = 0; i < tasks.size(); i++) {
            EvaluationTask task = tasks.get(i);
            if (!published.contains(EvaluationIds.result(task.evaluationId(), task.condition()))) {
                sent.add(events.request(task, plan.taskPartition(i)).toCompletableFuture());
            }
        }
        CompletableFuture.allOf(sent.toArray(CompletableFuture[]::new)).join();
        LOG.infof(
                "Evaluation %s (%s): %d conditions, %d to measure",
                plan.evaluationId(), plan.suite(), tasks.size(), sent.size());
    }

    private Optional<EvaluationPlan> planOf(CheckpointSaved checkpoint) {
        try {
            return EvaluationPlan.of(checkpoint, datasets.manifest(checkpoint.dataset()));
        } catch (ArtifactMissingException | ArtifactCorruptException e) {
            LOG.warnf("Data set of %s: %s", checkpoint.experimentId(), e.getMessage());
            return EvaluationPlan.withoutManifest(checkpoint);
        }
    }
}
