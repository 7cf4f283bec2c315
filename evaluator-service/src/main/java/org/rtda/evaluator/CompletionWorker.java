package org.rtda.evaluator;

import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.time.Duration;
import org.rtda.contracts.EventCodec;
import org.rtda.contracts.RobustnessMetric;
import org.rtda.contracts.Topic;
import org.rtda.contracts.check.InvalidMessageException;
import org.rtda.evaluator.lifecycle.AnnounceCompletion;
import org.rtda.evaluator.lifecycle.NotAnnouncedException;
import org.rtda.evaluator.lifecycle.PublishedMetrics;
import org.rtda.messaging.Delivery;
import org.rtda.messaging.Work;
import org.rtda.service.WorkPreconditions;

/**
 * Publishes the end of an evaluation: the evaluator that is given the record after which no answer is missing, among the
 * {@linkplain Topic#COMPLETERS completers}. The record is acknowledged when the end is published, so another does it should this one die.
 */
@ApplicationScoped
class CompletionWorker {
    private final FollowWorker follow;
    private final PublishedMetrics published;
    private final AnnounceCompletion announcement;
    private final EvaluatorQueues queues;

    CompletionWorker(
            FollowWorker follow, PublishedMetrics published, AnnounceCompletion announcement, EvaluatorQueues queues) {
        this.follow = follow;
        this.published = published;
        this.announcement = announcement;
        this.queues = queues;
    }

    void start(@Observes StartupEvent event) {
        queues.takeBeside(
                Topic.ROBUSTNESS_METRICS,
                Topic.COMPLETERS,
                this::complete,
                Duration.ofSeconds(5),
                WorkPreconditions::store);
    }

    private Work.End complete(Delivery delivery) throws InterruptedException {
        if (delivery.isLast()) {
            // published anew, so that a holder who dies while it waits does not take the end with it
            return Work.End.LEFT_TO_OTHERS;
        }
        RobustnessMetric metric;
        try {
            metric = EventCodec.read(delivery.received().value(), RobustnessMetric.class);
        } catch (InvalidMessageException e) {
            // the gateway writes its dead letter
            return Work.End.DONE;
        }
        follow.awaitMetric(delivery);
        try {
            published.endedBy(metric).ifPresent(announcement::announce);
        } catch (RuntimeException e) {
            throw new NotAnnouncedException(
                    "the end of " + metric.evaluationId() + " was not announced: " + e.getMessage(), e);
        }
        return Work.End.DONE;
    }
}
