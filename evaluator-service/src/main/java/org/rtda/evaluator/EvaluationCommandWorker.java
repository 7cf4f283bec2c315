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
import org.rtda.service.WorkPreconditions;

/**
 * Takes commands to evaluate a checkpoint and publishes the plan and the tasks. One that does not parse or contradicts
 * itself goes to the dead letters, and its evaluation ends with the reason. Where the store is away the command is left to another replica, or to this one
 * later.
 */
@ApplicationScoped
class EvaluationCommandWorker {
    private final PlanEvaluation planning;
    private final PlanningWork work;
    private final EvaluatorQueues queues;

    EvaluationCommandWorker(PlanEvaluation planning, PlanningWork work, EvaluatorQueues queues) {
        this.planning = planning;
        this.work = work;
        this.queues = queues;
    }

    void start(@Observes StartupEvent event) {
        queues.take(Topic.EVALUATION_COMMANDS, this::plan, Duration.ofSeconds(5), WorkPreconditions::store);
    }

    private Work.End plan(Delivery delivery) throws InterruptedException {
        return work.on(delivery, json -> planning.plan(EventCodec.read(json, EvaluationCommand.class)));
    }
}
