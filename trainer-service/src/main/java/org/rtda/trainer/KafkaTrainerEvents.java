package org.rtda.trainer;

import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.List;
import org.jboss.logging.Logger;
import org.rtda.contracts.CheckpointSaved;
import org.rtda.contracts.ExperimentStatus;
import org.rtda.contracts.Topic;
import org.rtda.contracts.TrainingMetric;
import org.rtda.messaging.EventRecords;
import org.rtda.messaging.Publisher;
import org.rtda.service.WorkProgress;
import org.rtda.trainer.telemetry.StepTraces;
import org.rtda.trainer.telemetry.TrainerMeters;

/**
 * Statuses and checkpoints are published by right of ownership, and waited for until the broker has them. A step's metric is
 * published for as long as it takes and must not hold up the next step, but the checkpoint behind it; readers leave out what an earlier
 * attempt says.
 */
@ApplicationScoped
class KafkaTrainerEvents implements TrainerEvents {
    private static final Logger LOG = Logger.getLogger(KafkaTrainerEvents.class);

    private static final Duration GLANCE = Duration.ofSeconds(5);

    private final Publisher publisher;
    private final TrainerMeters meters;
    private final StepTraces traces;
    private final WorkProgress progress;
    private final UnsentMetrics unsent = new UnsentMetrics(GLANCE);
    private volatile Ownership ownership;

    KafkaTrainerEvents(Publisher publisher, TrainerMeters meters, StepTraces traces, WorkProgress progress) {
        this.publisher = publisher;
        this.meters = meters;
        this.traces = traces;
        this.progress = progress;
    }

    /** Of the run that is under way; a trainer has one at a time. */
    void ownedBy(Ownership owned) {
        ownership = owned;
    }

    @Override
    public void requireOwned() {
        ownership.check();
        progress.waitingFor(() -> unsent.await(ownership::check));
    }

    @Override
    public void status(ExperimentStatus status) {
        meters.moved();
        ownership.publish(List.of(EventRecords.keyed(Topic.EXPERIMENT_STATUS, status.experimentId(), status)));
    }

    @Override
    public void metric(TrainingMetric metric) {
        meters.stepTaken(metric);
        progress.moved();
        traces.stepTaken(metric);
        unsent.add(publisher
                .publish(EventRecords.keyed(Topic.TRAINING_METRICS, metric.experimentId(), metric))
                .whenComplete((where, failure) -> {
                    if (failure != null) {
                        LOG.errorf("training metric %s was not published: %s", metric.id(), failure.getMessage());
                    }
                }));
    }

    @Override
    public void checkpoint(CheckpointSaved checkpoint) {
        meters.moved();
        ownership.publish(List.of(EventRecords.keyed(Topic.CHECKPOINTS, checkpoint.experimentId(), checkpoint)));
    }
}
