package org.rtda.evaluator;

import io.smallrye.reactive.messaging.annotations.Blocking;
import jakarta.enterprise.context.ApplicationScoped;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.eclipse.microprofile.reactive.messaging.Incoming;
import org.rtda.contracts.EvaluationCommand;
import org.rtda.contracts.EventCodec;

/**
 * A command to judge a checkpoint in, its plan and tasks out. One that does not parse or contradicts itself is refused,
 * which sends it to the dead letters.
 */
@ApplicationScoped
class EvaluationCommandWorker {
    private final PlanEvaluation planning;
    private final PublishedMetrics published;

    EvaluationCommandWorker(PlanEvaluation planning, PublishedMetrics published) {
        this.planning = planning;
        this.published = published;
    }

    @Incoming("evaluation-commands")
    @Blocking("planning")
    void onCommand(ConsumerRecord<String, byte[]> received) {
        EvaluationCommand command = EventCodec.read(received.value(), EvaluationCommand.class);
        published.caughtUp().toCompletableFuture().join();
        planning.plan(command);
    }
}
