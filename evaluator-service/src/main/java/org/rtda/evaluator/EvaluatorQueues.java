package org.rtda.evaluator;

import io.quarkus.runtime.ShutdownEvent;
import io.smallrye.common.annotation.Identifier;
import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.time.Duration;
import java.util.Collection;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Function;
import org.rtda.contracts.Topic;
import org.rtda.messaging.Publisher;
import org.rtda.messaging.Work;
import org.rtda.messaging.WorkPrecondition;
import org.rtda.messaging.WorkQueue;
import org.rtda.service.WorkPreconditions;

/** Everything that this evaluator takes work from: opened once it is known what was published before, closed all at once. */
@ApplicationScoped
class EvaluatorQueues {
    private final FollowWorker follow;
    private final Publisher publisher;
    private final WorkPreconditions preconditions;
    private final Map<String, Object> kafka;
    private final Collection<WorkQueue> queues = new CopyOnWriteArrayList<>();

    EvaluatorQueues(
            FollowWorker follow,
            Publisher publisher,
            WorkPreconditions preconditions,
            @Identifier("default-kafka-broker") Map<String, Object> kafka) {
        this.follow = follow;
        this.publisher = publisher;
        this.preconditions = preconditions;
        this.kafka = kafka;
    }

    /**
     * Takes the topic's work, one record at a time.
     *
     * @param needed the precondition of the work
     */
    void take(Topic topic, Work work, Duration grace, Function<WorkPreconditions, WorkPrecondition> needed) {
        follow.caughtUp()
                .thenRun(() ->
                        queues.add(WorkQueue.open(kafka, topic, work, publisher, grace, needed.apply(preconditions))));
    }

    /** As {@link #take}, of each record of the topic once among the members of a group beside the topic's workers. */
    void takeBeside(
            Topic topic,
            String group,
            Work work,
            Duration grace,
            Function<WorkPreconditions, WorkPrecondition> needed) {
        follow.caughtUp()
                .thenRun(() -> queues.add(WorkQueue.openBeside(
                        kafka, topic, group, work, publisher, grace, needed.apply(preconditions))));
    }

    /** First of all, so that what is interrupted is neither acknowledged nor refused: another evaluator gets it. */
    void stop(@Observes @Priority(1) ShutdownEvent event) {
        WorkQueue.closeAll(queues);
    }
}
