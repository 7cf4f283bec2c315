package org.rtda.evaluator;

import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import io.smallrye.common.annotation.Identifier;
import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.time.Duration;
import java.util.Map;
import org.rtda.contracts.EventCodec;
import org.rtda.contracts.RobustnessMetric;
import org.rtda.contracts.Topic;
import org.rtda.contracts.check.InvalidMessageException;
import org.rtda.evaluator.lifecycle.AnnounceCompletion;
import org.rtda.evaluator.lifecycle.PublishedMetrics;
import org.rtda.messaging.Delivery;
import org.rtda.messaging.Publisher;
import org.rtda.messaging.Work;
import org.rtda.messaging.WorkQueue;

/**
 * Publishes the end of an evaluation: the evaluator that is given the record after which no answer is missing, among the
 * {@linkplain Topic#COMPLETERS completers}. The record is acknowledged when the end is published, so another does it should this one die.
 */
@ApplicationScoped
class CompletionWorker {
    private final FollowWorker follow;
    private final PublishedMetrics published;
    private final AnnounceCompletion announcement;
    private final Publisher publisher;
    private final Map<String, Object> kafka;
    private WorkQueue queue;

    CompletionWorker(
            FollowWorker follow,
            PublishedMetrics published,
            AnnounceCompletion announcement,
            Publisher publisher,
            @Identifier("default-kafka-broker") Map<String, Object> kafka) {
        this.follow = follow;
        this.published = published;
        this.announcement = announcement;
        this.publisher = publisher;
        this.kafka = kafka;
    }

    void start(@Observes @Priority(jakarta.interceptor.Interceptor.Priority.APPLICATION) StartupEvent event) {
        follow.caughtUp()
                .thenRun(() -> queue = WorkQueue.openBeside(
                        kafka,
                        Topic.ROBUSTNESS_METRICS,
                        Topic.COMPLETERS,
                        this::complete,
                        publisher,
                        Duration.ofSeconds(5)));
    }

    void stop(@Observes @Priority(1) ShutdownEvent event) {
        if (queue != null) {
            queue.close();
        }
    }

    private Work.End complete(Delivery delivery) throws InterruptedException {
        RobustnessMetric metric;
        try {
            metric = EventCodec.read(delivery.received().value(), RobustnessMetric.class);
        } catch (InvalidMessageException e) {
            // the gateway writes its dead letter
            return Work.End.DONE;
        }
        follow.awaitMetric(delivery);
        published.endedBy(metric).ifPresent(announcement::announce);
        return Work.End.DONE;
    }
}
