package org.rtda.evaluator;

import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.subscription.Cancellable;
import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.eclipse.microprofile.reactive.messaging.Channel;
import org.eclipse.microprofile.reactive.messaging.Message;
import org.jboss.logging.Logger;
import org.rtda.contracts.EvaluationTask;
import org.rtda.contracts.EventCodec;
import org.rtda.contracts.InvalidMessageException;

/**
 * Tasks in; a task is acknowledged when its answer is published. As many are taken as are measured at once, so that the
 * others stay with the broker. Begins when it is known what was answered before and answers of attackers are listened to.
 */
@ApplicationScoped
class TaskWorker {
    private static final Logger LOG = Logger.getLogger(TaskWorker.class);

    private final Multi<Message<byte[]>> tasks;
    private final TaskRunner runner;
    private final PublishedMetrics published;
    private final AnswerPositions answers;
    private final EvaluatorConfig config;
    private volatile boolean stopping;
    private volatile Cancellable subscription = () -> {};

    TaskWorker(
            @Channel("evaluation-requests") Multi<Message<byte[]>> tasks,
            TaskRunner runner,
            PublishedMetrics published,
            AnswerPositions answers,
            EvaluatorConfig config) {
        this.tasks = tasks;
        this.runner = runner;
        this.published = published;
        this.answers = answers;
        this.config = config;
    }

    /** After the channels are connected. */
    void start(@Observes @Priority(jakarta.interceptor.Interceptor.Priority.APPLICATION) StartupEvent event) {
        CompletableFuture.allOf(
                        published.caughtUp().toCompletableFuture(),
                        answers.listening().toCompletableFuture())
                .thenRun(this::take);
    }

    /** First of all, so that a task that is interrupted is neither acknowledged nor refused: another replica gets it. */
    void stop(@Observes @Priority(1) ShutdownEvent event) {
        stopping = true;
        subscription.cancel();
    }

    private void take() {
        LOG.infof(
                "%s takes evaluation tasks, %d at once",
                config.instance(), config.evaluator().tasks());
        subscription = tasks.onItem()
                .transformToUni(message -> Uni.createFrom().completionStage(() -> process(message)))
                .merge(config.evaluator().tasks())
                .subscribe()
                .with(done -> {}, failure -> LOG.error("The channel of evaluation tasks has failed", failure));
    }

    private CompletionStage<Void> process(Message<byte[]> message) {
        EvaluationTask task;
        try {
            task = EventCodec.read(message.getPayload(), EvaluationTask.class);
        } catch (InvalidMessageException e) {
            return message.nack(e);
        }
        return runner.run(task)
                .handle((answered, failure) -> {
                    if (failure == null) {
                        return message.ack();
                    }
                    return stopping ? CompletableFuture.<Void>completedFuture(null) : message.nack(failure);
                })
                .thenCompose(acknowledged -> acknowledged);
    }
}
