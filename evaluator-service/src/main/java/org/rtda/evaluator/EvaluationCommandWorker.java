package org.rtda.evaluator;

import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import io.smallrye.common.annotation.Identifier;
import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.time.Duration;
import java.util.Map;
import org.rtda.contracts.EvaluationCommand;
import org.rtda.contracts.EventCodec;
import org.rtda.contracts.Topic;
import org.rtda.evaluator.lifecycle.PlanEvaluation;
import org.rtda.messaging.Delivery;
import org.rtda.messaging.Publisher;
import org.rtda.messaging.Work;
import org.rtda.messaging.WorkQueue;

/**
 * Takes commands to evaluate a checkpoint and publishes the plan and the tasks. One that does not parse or contradicts
 * itself goes to the dead letters. Where the store is away the command is left to another replica, or to this one
 * later.
 */
@ApplicationScoped
class EvaluationCommandWorker {
    private final PlanEvaluation planning;
    private final FollowWorker follow;
    private final Publisher publisher;
    private final Map<String, Object> kafka;
    private WorkQueue queue;

    EvaluationCommandWorker(
            PlanEvaluation planning,
            FollowWorker follow,
            Publisher publisher,
            @Identifier("default-kafka-broker") Map<String, Object> kafka) {
        this.planning = planning;
        this.follow = follow;
        this.publisher = publisher;
        this.kafka = kafka;
    }

    /** When it is known what was planned and cancelled before. */
    void start(@Observes @Priority(jakarta.interceptor.Interceptor.Priority.APPLICATION) StartupEvent event) {
        follow.caughtUp()
                .thenRun(() -> queue =
                        WorkQueue.open(kafka, Topic.EVALUATION_COMMANDS, this::plan, publisher, Duration.ofSeconds(5)));
    }

    void stop(@Observes @Priority(1) ShutdownEvent event) {
        if (queue != null) {
            queue.close();
        }
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
