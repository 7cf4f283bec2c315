package org.rtda.evaluator;

import jakarta.enterprise.context.ApplicationScoped;
import java.util.Optional;
import org.jboss.logging.Logger;
import org.rtda.contracts.EvaluationId;
import org.rtda.evaluator.lifecycle.FailUnplanned;
import org.rtda.messaging.Delivery;
import org.rtda.messaging.EventRecords;
import org.rtda.messaging.FailureKind;
import org.rtda.messaging.Work;

/**
 * The work on a record that asks for an evaluation, whichever kind it is. Where it becomes a dead letter, the evaluation that its headers
 * name is ended with the reason; of a record that names none, nobody knows what it asked for.
 */
@ApplicationScoped
class PlanningWork {
    private static final Logger LOG = Logger.getLogger(PlanningWork.class);

    private final FollowWorker follow;
    private final FailUnplanned failing;

    PlanningWork(FollowWorker follow, FailUnplanned failing) {
        this.follow = follow;
        this.failing = failing;
    }

    /** Plans what a record says. */
    interface Planning {
        void plan(byte[] json) throws InterruptedException;
    }

    Work.End on(Delivery delivery, Planning planning) throws InterruptedException {
        if (delivery.isLast()) {
            // published anew, so that Kafka does not drop it
            return Work.End.LEFT_TO_OTHERS;
        }
        try {
            planning.plan(delivery.received().value());
        } catch (RuntimeException | Error e) {
            if (FailureKind.of(e).isFinal(delivery)) {
                refuse(delivery, e);
            }
            throw e;
        }
        return Work.End.DONE;
    }

    private void refuse(Delivery delivery, Throwable reason) throws InterruptedException {
        Optional<EvaluationId> evaluation = EventRecords.evaluationOf(delivery.received());
        if (evaluation.isEmpty()) {
            return;
        }
        // it may have been planned by an earlier record of the same
        follow.awaitMetrics();
        try {
            failing.fail(evaluation.get(), FailureKind.why(reason));
        } catch (RuntimeException e) {
            if (FailureKind.of(e) == FailureKind.ENVIRONMENT) {
                throw e;
            }
            LOG.errorf(e, "%s: nobody announces its end", evaluation.get());
        }
    }
}
