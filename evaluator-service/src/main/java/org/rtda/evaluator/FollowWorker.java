package org.rtda.evaluator;

import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import io.smallrye.common.annotation.Identifier;
import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Stream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.rtda.contracts.EventCodec;
import org.rtda.contracts.ExperimentCommand;
import org.rtda.contracts.RobustnessMetric;
import org.rtda.contracts.Topic;
import org.rtda.contracts.check.EnvironmentFailure;
import org.rtda.contracts.check.InvalidMessageException;
import org.rtda.evaluator.attack.AttackClient;
import org.rtda.evaluator.lifecycle.CancelledEvaluations;
import org.rtda.evaluator.lifecycle.PublishedMetrics;
import org.rtda.evaluator.lifecycle.TaskRunner;
import org.rtda.messaging.DeadLetterHandler;
import org.rtda.messaging.Delivery;
import org.rtda.messaging.EventRecords;
import org.rtda.messaging.Publisher;
import org.rtda.messaging.RefusedRecord;
import org.rtda.messaging.TopicFollower;

/**
 * Reads what every evaluator must know completely: published metrics and commands about experiments from their topics' beginnings, attack
 * workers' answers and dead letters from now on. A metric or a command that does not parse is skipped: every evaluator sees it at every
 * start, and the gateway or a trainer writes the one dead letter. An answer to this evaluator that does not parse becomes a dead letter
 * here, and is requested again.
 */
@ApplicationScoped
class FollowWorker {
    /** Reading to a record that somebody else was given takes milliseconds, of a topic's end some seconds. */
    private static final Duration MOST_BEHIND = Duration.ofMinutes(1);

    private final PublishedMetrics published;
    private final CancelledEvaluations cancelled;
    private final TaskRunner runner;
    private final AttackClient attacks;
    private final EvaluatorConfig config;
    private final DeadLetterHandler deadLetters;
    private final Map<String, Object> kafka;
    private final CompletableFuture<Void> caughtUp = new CompletableFuture<>();
    private TopicFollower metrics;
    private TopicFollower commands;
    private TopicFollower answers;
    private TopicFollower letters;

    FollowWorker(
            PublishedMetrics published,
            CancelledEvaluations cancelled,
            TaskRunner runner,
            AttackClient attacks,
            EvaluatorConfig config,
            Publisher publisher,
            @Identifier("default-kafka-broker") Map<String, Object> kafka) {
        this.published = published;
        this.cancelled = cancelled;
        this.runner = runner;
        this.attacks = attacks;
        this.config = config;
        this.deadLetters = new DeadLetterHandler(publisher);
        this.kafka = kafka;
    }

    /** After the topics are there, and before anything is taken. */
    void start(@Observes @Priority(50) StartupEvent event) {
        metrics = TopicFollower.fromBeginning(kafka, Topic.ROBUSTNESS_METRICS, this::hearMetric);
        commands = TopicFollower.fromBeginning(kafka, Topic.EXPERIMENTS, this::hearCommand);
        answers = TopicFollower.fromNowOn(kafka, Topic.ADVERSARIAL_BATCHES, this::hearAnswer);
        letters =
                TopicFollower.fromNowOn(kafka, Topic.DEAD_LETTERS, letter -> attacks.refused(RefusedRecord.of(letter)));
        CompletableFuture.allOf(metrics.caughtUp(), commands.caughtUp(), answers.caughtUp(), letters.caughtUp())
                .thenRun(() -> caughtUp.complete(null));
    }

    /** After those who take work, which need what is followed until they have ended. */
    void stop(@Observes @Priority(100) ShutdownEvent event) {
        Stream.of(metrics, commands, answers, letters).parallel().forEach(TopicFollower::close);
    }

    /** Ends when all that was published before the start has been read, and no answer of an attacker is missed. */
    CompletableFuture<Void> caughtUp() {
        return caughtUp;
    }

    /** Returns when the metric that somebody was given has been read here, too, and all before it in its partition. */
    void awaitMetric(Delivery delivery) throws InterruptedException {
        await(metrics.received(
                delivery.received().partition(), delivery.received().offset()));
    }

    /** Returns when all metrics that were published before this call have been read. */
    void awaitMetrics() throws InterruptedException {
        await(metrics.caughtUp());
    }

    /** Returns when all commands and metrics that were published before this call have been read. */
    void awaitAll() throws InterruptedException {
        await(CompletableFuture.allOf(commands.caughtUp(), metrics.caughtUp()));
    }

    /** @throws NotFollowedException when this evaluator is so far behind that another had better do it */
    private static void await(CompletableFuture<Void> reading) throws InterruptedException {
        try {
            reading.get(MOST_BEHIND.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException e) {
            throw new NotFollowedException("this evaluator has not read its topics for " + MOST_BEHIND.toSeconds()
                    + " s; the record is left to others");
        } catch (ExecutionException e) {
            throw new IllegalStateException(e.getCause());
        }
    }

    /** Another evaluator may be able to read what this one cannot. */
    private static final class NotFollowedException extends RuntimeException implements EnvironmentFailure {
        private static final long serialVersionUID = 1L;

        private NotFollowedException(String message) {
            super(message);
        }
    }

    private void hearMetric(ConsumerRecord<String, byte[]> received) {
        published.received(EventCodec.read(received.value(), RobustnessMetric.class));
    }

    /** Tasks under way are interrupted here; {@link CancelWorker} answers what nobody measures. */
    private void hearCommand(ConsumerRecord<String, byte[]> received) {
        ExperimentCommand command = EventCodec.read(received.value(), ExperimentCommand.class);
        if (CancelledEvaluations.areEndedBy(command)) {
            cancelled.apply(command);
            runner.interruptCancelled();
        }
    }

    private void hearAnswer(ConsumerRecord<String, byte[]> received) {
        attacks.heard();
        try {
            EventRecords.answerFor(config.instance(), received).ifPresent(attacks::answered);
        } catch (InvalidMessageException e) {
            deadLetters.send(received, e);
        }
    }
}
