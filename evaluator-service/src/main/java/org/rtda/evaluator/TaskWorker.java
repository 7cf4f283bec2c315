package org.rtda.evaluator;

import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import io.smallrye.common.annotation.Identifier;
import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutionException;
import org.jboss.logging.Logger;
import org.rtda.contracts.EvaluationTask;
import org.rtda.contracts.EventCodec;
import org.rtda.evaluator.context.EvaluationLane;
import org.rtda.evaluator.lifecycle.TaskRunner;
import org.rtda.messaging.Delivery;
import org.rtda.messaging.FailureKind;
import org.rtda.messaging.Publisher;
import org.rtda.messaging.Work;
import org.rtda.messaging.WorkQueue;

/**
 * Takes tasks, and acknowledges each when its answer is published. As many are taken as are measured at once, so that
 * the others stay with the broker. Begins when it is known what was answered before and answers of attackers are
 * listened to.
 */
@ApplicationScoped
class TaskWorker {
    private static final Logger LOG = Logger.getLogger(TaskWorker.class);

    private final TaskRunner runner;
    private final FollowWorker follow;
    private final EvaluatorConfig config;
    private final Publisher publisher;
    private final Map<String, Object> kafka;
    private final List<WorkQueue> queues = new CopyOnWriteArrayList<>();

    TaskWorker(
            TaskRunner runner,
            FollowWorker follow,
            EvaluatorConfig config,
            Publisher publisher,
            @Identifier("default-kafka-broker") Map<String, Object> kafka) {
        this.runner = runner;
        this.follow = follow;
        this.config = config;
        this.publisher = publisher;
        this.kafka = kafka;
    }

    void start(@Observes @Priority(jakarta.interceptor.Interceptor.Priority.APPLICATION) StartupEvent event) {
        follow.caughtUp().thenRun(this::takeWork);
    }

    /** First of all, so that a task that is interrupted is neither acknowledged nor refused: another replica gets it. */
    void stop(@Observes @Priority(1) ShutdownEvent event) {
        queues.parallelStream().forEach(WorkQueue::close);
    }

    private void takeWork() {
        LOG.infof(
                "%s takes evaluation tasks, %d at once, and %d that somebody asked for by name",
                config.instance(),
                config.evaluator().tasks(),
                config.evaluator().namedTasks());
        take(EvaluationLane.OWN, config.evaluator().tasks());
        take(EvaluationLane.NAMED, config.evaluator().namedTasks());
    }

    private void take(EvaluationLane lane, int atOnce) {
        for (int task = 0; task < atOnce; task++) {
            queues.add(WorkQueue.open(kafka, lane.tasks(), this::measure, publisher, Duration.ofSeconds(1)));
        }
    }

    private Work.End measure(Delivery delivery) throws InterruptedException {
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
