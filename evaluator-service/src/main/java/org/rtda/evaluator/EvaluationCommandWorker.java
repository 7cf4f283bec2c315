package org.rtda.evaluator;

import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.time.Duration;
import org.rtda.contracts.EvaluationCommand;
import org.rtda.contracts.EventCodec;
import org.rtda.contracts.Topic;
import org.rtda.evaluator.lifecycle.PlanEvaluation;
import org.rtda.messaging.Delivery;
import org.rtda.messaging.Work;

/**
 * Takes commands to evaluate a checkpoint and publishes the plan and the tasks. One that does not parse or contradicts
 * itself goes to the dead letters. Where the store is away the command is left to another replica, or to this one
 * later.
 */
@ApplicationScoped
class EvaluationCommandWorker {
    private final PlanEvaluation planning;
    private final EvaluatorQueues queues;

    EvaluationCommandWorker(PlanEvaluation planning, EvaluatorQueues queues) {
        this.planning = planning;
        this.queues = queues;
    }

    void start(@Observes StartupEvent event) {
        queues.take(Topic.EVALUATION_COMMANDS, this::plan, Duration.ofSeconds(5));
    }

    private Work.End plan(Delivery delivery) throws InterruptedException {
        if (delivery.isLast()) {
            // published anew, so that Kafka does not drop it
            return Work.End.LEFT_TO_OTHERS;
        }
        planning.plan(EventCodec.read(delivery.received().value(), EvaluationCommand.class));
        return Work.End.DONE;
    }
}
