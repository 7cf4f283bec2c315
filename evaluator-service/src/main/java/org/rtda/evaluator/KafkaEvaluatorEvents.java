package org.rtda.evaluator;

import jakarta.enterprise.context.ApplicationScoped;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.rtda.contracts.AttackRequest;
import org.rtda.contracts.EvaluationTask;
import org.rtda.contracts.RobustnessMetric;
import org.rtda.contracts.Topic;
import org.rtda.evaluator.context.EvaluationLane;
import org.rtda.evaluator.context.EvaluatorEvents;
import org.rtda.evaluator.context.EvaluatorFailure;
import org.rtda.messaging.EventRecords;
import org.rtda.messaging.Publisher;

/**
 * Publishes the evaluator's messages to Kafka, and repeats for as long as the broker is away; a message that the broker
 * refuses for good fails the stage.
 */
@ApplicationScoped
class KafkaEvaluatorEvents implements EvaluatorEvents {
    private final Publisher publisher;

    KafkaEvaluatorEvents(Publisher publisher) {
        this.publisher = publisher;
    }

    @Override
    public CompletionStage<Void> publish(RobustnessMetric metric) {
        return publish(EventRecords.keyed(Topic.ROBUSTNESS_METRICS, metric.evaluationId(), metric));
    }

    @Override
    public CompletionStage<Void> request(EvaluationTask task) {
        return publish(EventRecords.keyed(EvaluationLane.of(task).tasks(), task.id(), task));
    }

    @Override
    public CompletionStage<Void> request(EvaluationLane lane, AttackRequest request) {
        return publish(EventRecords.request(lane.attackRequests(), request))
                .exceptionallyCompose(failure -> CompletableFuture.failedFuture(Publisher.refusedForGood(failure)
                        .<Throwable>map(why -> EvaluatorFailure.ATTACK_NOT_ASKED.with(request.id(), why))
                        .orElse(failure)));
    }

    private CompletionStage<Void> publish(ProducerRecord<String, byte[]> event) {
        return publisher.publish(event).thenAccept(where -> {});
    }
}
