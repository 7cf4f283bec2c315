package org.rtda.trainer;

import io.opentelemetry.api.OpenTelemetry;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import java.util.function.Function;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.jboss.logging.Logger;
import org.rtda.contracts.AttackRequest;
import org.rtda.contracts.AugmentRequest;
import org.rtda.contracts.BatchAnswer;
import org.rtda.contracts.BatchRequest;
import org.rtda.contracts.EventCodec;
import org.rtda.contracts.Topic;
import org.rtda.messaging.EventRecords;
import org.rtda.messaging.Publisher;
import org.rtda.messaging.RecentIds;
import org.rtda.messaging.RefusedRecord;
import org.rtda.messaging.RequestWork;
import org.rtda.service.WorkProgress;
import org.rtda.trainer.telemetry.StepTraces;
import org.rtda.trainer.telemetry.TrainerMeters;

/**
 * The exchange over Kafka. An answer that does not come is asked for again: the request names all that it depends on, so
 * asking twice is harmless, and the second answer is dropped.
 */
final class KafkaWorkExchange implements WorkExchange {
    private static final Logger LOG = Logger.getLogger(KafkaWorkExchange.class);
    private static final Duration GLANCE = Duration.ofMillis(200);

    /** Between two requests for the same batch. */
    private static final Duration LONGEST_SILENCE = Duration.ofMinutes(10);

    private final Function<ProducerRecord<String, byte[]>, CompletableFuture<RecordMetadata>> publisher;
    private final OpenTelemetry telemetry;
    private final Consumer<String> remove;
    private final TrainerConfig config;
    private final TrainerMeters meters;
    private final StepTraces traces;
    private final WorkProgress progress;
    private final Map<String, Pending> pending = new ConcurrentHashMap<>();

    /** Requests of runs that are over, whose answers had not come. */
    private final RecentIds givenUp = new RecentIds(MOST_GIVEN_UP);

    /** What is forgotten beyond that stays in the store until the next sweep. */
    private static final int MOST_GIVEN_UP = 10_000;

    private record Pending(BatchRequest request, Topic sentTo, Runnable send, CompletableFuture<BatchAnswer> answer) {}

    /** @param remove takes the key of an object that nobody waits for */
    KafkaWorkExchange(
            Function<ProducerRecord<String, byte[]>, CompletableFuture<RecordMetadata>> publisher,
            OpenTelemetry telemetry,
            Consumer<String> remove,
            TrainerConfig config,
            TrainerMeters meters,
            StepTraces traces,
            WorkProgress progress) {
        this.publisher = publisher;
        this.telemetry = telemetry;
        this.remove = remove;
        this.config = config;
        this.meters = meters;
        this.traces = traces;
        this.progress = progress;
    }

    @Override
    public void request(AugmentRequest request) {
        send(request, Topic.AUGMENT_REQUESTS);
    }

    @Override
    public void request(AttackRequest request) {
        send(request, Topic.ATTACK_REQUESTS);
    }

    private void send(BatchRequest request, Topic topic) {
        Pending waiting = new Pending(request, topic, () -> publish(topic, request), new CompletableFuture<>());
        pending.put(request.id(), waiting);
        waiting.send().run();
    }

    private void publish(Topic topic, BatchRequest request) {
        ProducerRecord<String, byte[]> asked = EventRecords.request(topic, request);
        RequestWork.carry(telemetry, traces.of(request), asked);
        publisher.apply(asked).whenComplete((where, failure) -> {
            if (failure != null) {
                LOG.errorf("request %s was not published: %s", request.id(), failure.getMessage());
                Publisher.refusedForGood(failure).ifPresent(why -> refuse(request.id(), why));
            }
        });
    }

    /**
     * An answer has come, from any thread. One to a request of a run that is over is dropped, with its batch; one to a request that
     * this trainer never made is dropped, and nothing is removed for it. A second answer names the same object as the first,
     * which may not have been read yet.
     *
     * @param on where it came
     */
    void answered(Topic on, BatchAnswer answer) {
        Pending waiting = pending.get(answer.id());
        if (waiting == null) {
            if (answer instanceof BatchAnswer.Ready late
                    && late.images().object() != null
                    && givenUp.remove(late.id())) {
                remove.accept(late.images().object().key());
            }
        } else if (on == waiting.request().answersOn()) {
            waiting.answer().complete(answer);
        } else {
            LOG.warnf(
                    "an answer of worker %s to request %s came on %s and is dropped: those who may answer it write to %s",
                    answer.worker(),
                    answer.id(),
                    on.topicName(),
                    waiting.request().answersOn().topicName());
        }
    }

    @Override
    public BatchAnswer.Ready await(String requestId, RunControl control) {
        Pending waiting = pending.get(requestId);
        if (waiting == null) {
            throw new IllegalStateException("no request " + requestId + " is waiting for an answer");
        }
        BatchAnswer answer = progress.waitingFor(() -> await(waiting, requestId, control));
        pending.remove(requestId);
        if (answer instanceof BatchAnswer.Failed failed) {
            String why = "worker " + failed.worker() + " cannot make view "
                    + waiting.request().view() + " of step "
                    + (waiting.request().step() + 1) + ": " + failed.reason();
            throw failed.object() == null
                    ? new TrainingFailedException(why)
                    : new BrokenObjectException(why, failed.object());
        }
        return (BatchAnswer.Ready) answer;
    }

    @Override
    public boolean isReady(String requestId) {
        Pending waiting = pending.get(requestId);
        return waiting != null
                && waiting.answer().isDone()
                && !waiting.answer().isCompletedExceptionally()
                && waiting.answer().join() instanceof BatchAnswer.Ready;
    }

    private BatchAnswer await(Pending waiting, String requestId, RunControl control) {
        long start = System.nanoTime();
        long askAgainAfter = config.answerTimeout().toNanos();
        while (true) {
            control.check();
            try {
                return waiting.answer().get(GLANCE.toMillis(), TimeUnit.MILLISECONDS);
            } catch (TimeoutException e) {
                long waited = System.nanoTime() - start;
                config.answerPatience()
                        .filter(patience -> waited > patience.toNanos())
                        .ifPresent(patience -> {
                            throw new TrainingFailedException(
                                    "no worker answered request " + requestId + " within " + patience + ": is "
                                            + workersFor(waiting.request()) + " running? (rtda.answer-patience)");
                        });
                if (waited > askAgainAfter) {
                    // requests wait at the broker until a worker takes them: only an answer can have been lost
                    askAgainAfter = waited + Math.min(2 * waited, LONGEST_SILENCE.toNanos());
                    meters.askedAgain();
                    LOG.warnf(
                            "request %s has no answer after %d s, sending it again: is %s running?",
                            requestId, Duration.ofNanos(waited).toSeconds(), workersFor(waiting.request()));
                    waiting.send().run();
                }
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new TrainingStoppedException("the trainer is shutting down");
            } catch (ExecutionException e) {
                throw e.getCause() instanceof TrainingFailedException refused ? refused : new IllegalStateException(e);
            }
        }
    }

    /**
     * A request of this trainer has become a dead letter: no worker can read it. Letters of anything else are none of its business. One that
     * names a request of this trainer and was not made of it is dropped: anyone who may write letters can end no run by it.
     */
    void refused(RefusedRecord letter) {
        Pending waiting = letter.key() == null ? null : pending.get(letter.key());
        if (waiting == null) {
            return;
        }
        if (letter.is(waiting.sentTo(), waiting.request())) {
            refuse(letter.key(), advised(letter.reason()));
        } else {
            LOG.warnf("a dead letter names request %s, and is not of it; it is dropped", letter.key());
        }
    }

    /** A letter's reason, and where it helps what to look at. */
    static String advised(String reason) {
        return EventCodec.isReason(reason) ? reason + ": do all services have the same version?" : reason;
    }

    private void refuse(String requestId, String why) {
        Pending waiting = pending.get(requestId);
        if (waiting != null) {
            waiting.answer()
                    .completeExceptionally(
                            new TrainingFailedException("request " + requestId + " cannot be taken: " + why));
        }
    }

    private static String workersFor(BatchRequest request) {
        return request instanceof AttackRequest ? "attack-service" : "augment-service";
    }

    @Override
    public void forgetAll() {
        pending.keySet().forEach(givenUp::add);
        pending.clear();
        traces.forgetAll();
    }
}
