package org.rtda.evaluator;

import io.smallrye.mutiny.Uni;
import io.smallrye.reactive.messaging.MutinyEmitter;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.concurrent.CompletionStage;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.errors.RetriableException;
import org.eclipse.microprofile.reactive.messaging.Channel;
import org.eclipse.microprofile.reactive.messaging.OnOverflow;
import org.jboss.logging.Logger;
import org.rtda.contracts.AttackRequest;
import org.rtda.contracts.EvaluationTask;
import org.rtda.contracts.Event;
import org.rtda.contracts.RobustnessMetric;
import org.rtda.contracts.Topic;
import org.rtda.messaging.EventRecords;

/** Sends to Kafka. While the broker is out of reach a message is tried again; what it refuses for good fails the stage. */
@ApplicationScoped
class EventChannels implements EvaluatorEvents {
    private static final Logger LOG = Logger.getLogger(EventChannels.class);

    private final MutinyEmitter<ProducerRecord<String, byte[]>> metrics;
    private final MutinyEmitter<ProducerRecord<String, byte[]>> tasks;
    private final MutinyEmitter<ProducerRecord<String, byte[]>> attackRequests;

    EventChannels(
            @Channel("robustness-metrics") @OnOverflow(OnOverflow.Strategy.UNBOUNDED_BUFFER)
                    MutinyEmitter<ProducerRecord<String, byte[]>> metrics,
            @Channel("evaluation-tasks") @OnOverflow(OnOverflow.Strategy.UNBOUNDED_BUFFER)
                    MutinyEmitter<ProducerRecord<String, byte[]>> tasks,
            @Channel("evaluation-attack-requests") @OnOverflow(OnOverflow.Strategy.UNBOUNDED_BUFFER)
                    MutinyEmitter<ProducerRecord<String, byte[]>> attackRequests) {
        this.metrics = metrics;
        this.tasks = tasks;
        this.attackRequests = attackRequests;
    }

    @Override
    public CompletionStage<Void> publish(RobustnessMetric metric) {
        return send(metrics, EventRecords.keyed(Topic.ROBUSTNESS_METRICS, metric.evaluationId(), metric));
    }

    @Override
    public CompletionStage<Void> request(EvaluationTask task, int partition) {
        return send(tasks, onPartition(partition, Topic.EVALUATION_REQUESTS, task));
    }

    @Override
    public CompletionStage<Void> request(AttackRequest request, int partition) {
        return send(attackRequests, onPartition(partition, Topic.EVALUATION_ATTACK_REQUESTS, request));
    }

    private static ProducerRecord<String, byte[]> onPartition(int partition, Topic topic, Event event) {
        ProducerRecord<String, byte[]> keyed = EventRecords.keyed(topic, event.id(), event);
        return new ProducerRecord<>(keyed.topic(), partition, keyed.key(), keyed.value(), keyed.headers());
    }

    private static CompletionStage<Void> send(
            MutinyEmitter<ProducerRecord<String, byte[]>> emitter, ProducerRecord<String, byte[]> record) {
        return Uni.createFrom()
                .deferred(() -> emitter.send(record))
                .onFailure(RetriableException.class)
                .invoke(failure -> LOG.warnf("%s was not sent, trying again: %s", record.key(), failure))
                .onFailure(RetriableException.class)
                .retry()
                .withBackOff(Duration.ofMillis(500), Duration.ofSeconds(10))
                .indefinitely()
                .subscribeAsCompletionStage();
    }
}
