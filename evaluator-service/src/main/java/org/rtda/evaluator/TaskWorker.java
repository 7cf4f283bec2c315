package org.rtda.evaluator;

import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import org.jboss.logging.Logger;
import org.rtda.contracts.EvaluationTask;
import org.rtda.contracts.EventCodec;
import org.rtda.evaluator.context.EvaluationLane;
import org.rtda.evaluator.lifecycle.TaskRunner;
import org.rtda.messaging.Delivery;
import org.rtda.messaging.FailureKind;
import org.rtda.messaging.Work;
import org.rtda.service.WorkPreconditions;

/**
 * Takes tasks, and acknowledges each when its answer is published, or its condition is closed and its dead letter
 * written. As many are taken as are measured at once, so that the others stay with the broker.
 */
@ApplicationScoped
class TaskWorker {
    private static final Logger LOG = Logger.getLogger(TaskWorker.class);

    private final TaskRunner runner;
    private final FollowWorker follow;
    private final EvaluatorConfig config;
    private final EvaluatorQueues queues;

    TaskWorker(TaskRunner runner, FollowWorker follow, EvaluatorConfig config, EvaluatorQueues queues) {
        this.runner = runner;
        this.follow = follow;
        this.config = config;
        this.queues = queues;
    }

    void start(@Observes StartupEvent event) {
        take(EvaluationLane.OWN, config.evaluator().tasks());
        take(EvaluationLane.NAMED, config.evaluator().namedTasks());
        follow.caughtUp()
                .thenRun(() -> LOG.infof(
                        "%s takes evaluation tasks, %d at once, and %d that somebody asked for by name",
                        config.instance(),
                        config.evaluator().tasks(),
                        config.evaluator().namedTasks()));
    }

    private void take(EvaluationLane lane, int atOnce) {
        for (int task = 0; task < atOnce; task++) {
            queues.take(lane.tasks(), this::measure, Duration.ofSeconds(1), WorkPreconditions::storeAndDevice);
        }
    }

    Work.End measure(Delivery delivery) throws InterruptedException {
        try {
            return answer(delivery);
        } catch (RuntimeException | Error e) {
            if (FailureKind.of(e).isFinal(delivery)) {
                // it becomes a dead letter: whoever waits for the evaluation must not wait for this condition
                refuse(delivery, e);
            }
            throw e;
        }
    }

    private void refuse(Delivery delivery, Throwable reason) throws InterruptedException {
        String taskId = delivery.received().key();
        if (taskId == null) {
            return;
        }
        try {
            // the plan was published before the task
            follow.awaitMetrics();
            await(runner.refused(taskId, FailureKind.why(reason)).toCompletableFuture());
        } catch (RuntimeException e) {
            if (FailureKind.of(e) == FailureKind.ENVIRONMENT) {
                // no letter without an answer: another evaluator, or this one later, writes both
                throw e;
            }
            LOG.errorf(e, "%s: its condition stays open", taskId);
        }
    }

    private Work.End answer(Delivery delivery) throws InterruptedException {
        EvaluationTask task = EventCodec.read(delivery.received().value(), EvaluationTask.class);
        if (delivery.isLast()) {
            return await(runner.giveUp(task, delivery.givenUp()).toCompletableFuture());
        }
        return await(runner.run(task, failure -> FailureKind.of(failure).isFinal(delivery))
                .toCompletableFuture());
    }

    private static Work.End await(CompletableFuture<Void> answered) throws InterruptedException {
        try {
            answered.get();
            return Work.End.DONE;
        } catch (ExecutionException e) {
            if (e.getCause() instanceof InterruptedException) {
                throw new InterruptedException("stopped");
            }
            throw e.getCause() instanceof RuntimeException failure ? failure : new IllegalStateException(e.getCause());
        }
    }
}
