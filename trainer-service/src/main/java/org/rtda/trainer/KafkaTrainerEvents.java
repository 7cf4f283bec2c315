package org.rtda.trainer;

import io.smallrye.reactive.messaging.MutinyEmitter;
import jakarta.enterprise.context.ApplicationScoped;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.eclipse.microprofile.reactive.messaging.Channel;
import org.eclipse.microprofile.reactive.messaging.OnOverflow;
import org.jboss.logging.Logger;
import org.rtda.contracts.CheckpointSaved;
import org.rtda.contracts.ExperimentStatus;
import org.rtda.contracts.Topic;
import org.rtda.contracts.TrainingMetric;
import org.rtda.messaging.EventRecords;

/** Status and checkpoints are waited for until the broker has them; a step's metric must not hold up the next step. */
@ApplicationScoped
class KafkaTrainerEvents implements TrainerEvents {
    private static final Logger LOG = Logger.getLogger(KafkaTrainerEvents.class);

    private final MutinyEmitter<ProducerRecord<String, byte[]>> statuses;
    private final MutinyEmitter<ProducerRecord<String, byte[]>> metrics;
    private final MutinyEmitter<ProducerRecord<String, byte[]>> checkpoints;
    private final TrainerMeters meters;
    private final StepTraces traces;

    KafkaTrainerEvents(
            @Channel("experiment-status") MutinyEmitter<ProducerRecord<String, byte[]>> statuses,
            @Channel("training-metrics") @OnOverflow(OnOverflow.Strategy.UNBOUNDED_BUFFER)
                    MutinyEmitter<ProducerRecord<String, byte[]>> metrics,
            @Channel("checkpoints") MutinyEmitter<ProducerRecord<String, byte[]>> checkpoints,
            TrainerMeters meters,
            StepTraces traces) {
        this.statuses = statuses;
        this.metrics = metrics;
        this.checkpoints = checkpoints;
        this.meters = meters;
        this.traces = traces;
    }

    @Override
    public void status(ExperimentStatus status) {
        meters.moved();
        statuses.sendAndAwait(EventRecords.keyed(Topic.EXPERIMENT_STATUS, status.experimentId(), status));
    }

    @Override
    public void metric(TrainingMetric metric) {
        meters.stepTaken(metric);
        traces.stepTaken(metric);
        metrics.send(EventRecords.keyed(Topic.TRAINING_METRICS, metric.experimentId(), metric))
                .subscribe()
                .with(sent -> {}, failure -> LOG.errorf(failure, "training metric %s was not published", metric.id()));
    }

    @Override
    public void checkpoint(CheckpointSaved checkpoint) {
        meters.moved();
        checkpoints.sendAndAwait(EventRecords.keyed(Topic.CHECKPOINTS, checkpoint.experimentId(), checkpoint));
    }
}
