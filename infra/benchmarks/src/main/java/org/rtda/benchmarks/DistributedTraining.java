package org.rtda.benchmarks;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.rtda.contracts.ExperimentCommand;
import org.rtda.contracts.ExperimentStatus;
import org.rtda.contracts.Topic;
import org.rtda.contracts.TrainingMetric;
import org.rtda.messaging.EventRecords;
import org.rtda.messaging.TopicAdmin;

/** A trainer, an augment worker and attack workers in processes of their own, and what they publish. */
final class DistributedTraining implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofHours(2);

    private final PackagedService.BackingServices backing;
    private final Map<String, PackagedService> services = new TreeMap<>();

    DistributedTraining(PackagedService.BackingServices backing, int attackWorkers) {
        this.backing = backing;
        TopicAdmin.ensure(backing.bootstrapServers(), Duration.ofSeconds(30));
        start("trainer-service", "trainer-1");
        start("augment-service", "augment-1");
        for (int worker = 1; worker <= attackWorkers; worker++) {
            start("attack-service", "attack-" + worker);
        }
        services.values().forEach(PackagedService::awaitReady);
    }

    private void start(String service, String instance) {
        services.put(instance, PackagedService.start(service, instance, backing));
    }

    /** Trains to the end. @return the metrics of every step, in order */
    List<TrainingMetric> run(ExperimentCommand.Submit experiment) {
        List<TrainingMetric> metrics = new ArrayList<>();
        try (EventLog steps = new EventLog(backing.bootstrapServers(), Topic.TRAINING_METRICS);
                EventLog statuses = new EventLog(backing.bootstrapServers(), Topic.EXPERIMENT_STATUS)) {
            statuses.send(EventRecords.keyed(Topic.EXPERIMENTS, experiment.experimentId(), experiment));
            ExperimentStatus end = statuses.await(
                    ExperimentStatus.class,
                    PATIENCE,
                    status -> status.experimentId().equals(experiment.experimentId())
                            && status.state().isFinal());
            if (end.state() != ExperimentStatus.State.TRAINED) {
                throw new IllegalStateException("experiment " + experiment.experimentId() + " " + end.state() + ": "
                        + end.reason() + " (logs in " + backing.logs() + ")");
            }
            steps.await(TrainingMetric.class, PATIENCE, metric -> {
                if (metric.experimentId().equals(experiment.experimentId())) {
                    metrics.add(metric);
                }
                return metric.experimentId().equals(experiment.experimentId()) && metric.step() == metric.totalSteps();
            });
        }
        return metrics;
    }

    /** Memory of each process now, by instance. */
    Map<String, Long> residentBytes() {
        Map<String, Long> bytes = new TreeMap<>();
        services.forEach((instance, service) -> bytes.put(instance, service.residentBytes()));
        return bytes;
    }

    @Override
    public void close() {
        services.values().forEach(PackagedService::close);
    }
}
