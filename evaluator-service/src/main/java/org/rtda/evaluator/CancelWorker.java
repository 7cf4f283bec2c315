package org.rtda.evaluator;

import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.time.Duration;
import org.rtda.contracts.EventCodec;
import org.rtda.contracts.ExperimentCommand;
import org.rtda.contracts.Topic;
import org.rtda.contracts.check.InvalidMessageException;
import org.rtda.evaluator.lifecycle.AnnounceCancelled;
import org.rtda.evaluator.lifecycle.CancelledEvaluations;
import org.rtda.evaluator.lifecycle.NotAnnouncedException;
import org.rtda.messaging.Delivery;
import org.rtda.messaging.Work;
import org.rtda.service.WorkPreconditions;

/**
 * Answers the conditions of cancelled evaluations that nobody has answered: one evaluator for each command, whichever is given it among
 * the {@linkplain Topic#EVALUATION_CANCELLERS cancellers}.
 */
@ApplicationScoped
class CancelWorker {
    private final FollowWorker follow;
    private final CancelledEvaluations cancelled;
    private final AnnounceCancelled announcement;
    private final EvaluatorQueues queues;

    CancelWorker(
            FollowWorker follow,
            CancelledEvaluations cancelled,
            AnnounceCancelled announcement,
            EvaluatorQueues queues) {
        this.follow = follow;
        this.cancelled = cancelled;
        this.announcement = announcement;
        this.queues = queues;
    }

    void start(@Observes StartupEvent event) {
        queues.takeBeside(
                Topic.EXPERIMENTS,
                Topic.EVALUATION_CANCELLERS,
                this::end,
                Duration.ofSeconds(5),
                WorkPreconditions::broker);
    }

    private Work.End end(Delivery delivery) throws InterruptedException {
        ExperimentCommand command;
        try {
            command = EventCodec.read(delivery.received().value(), ExperimentCommand.class);
        } catch (InvalidMessageException e) {
            // a trainer writes its dead letter
            return Work.End.DONE;
        }
        if (CancelledEvaluations.areEndedBy(command)) {
            if (delivery.isLast()) {
                // published anew, so that a holder who dies while it waits does not take the cancel with it
                return Work.End.LEFT_TO_OTHERS;
            }
            cancelled.apply(command);
            // what is planned after this is ended by its planner
            follow.awaitMetrics();
            try {
                announcement.ofExperiment(command.experimentId());
            } catch (RuntimeException e) {
                throw new NotAnnouncedException(
                        "the cancelled conditions of " + command.experimentId() + " were not answered: "
                                + e.getMessage(),
                        e);
            }
        }
        return Work.End.DONE;
    }
}
