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
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.errors.RecordTooLargeException;
import org.jboss.logging.Logger;
import org.rtda.contracts.AttackRequest;
import org.rtda.contracts.AugmentRequest;
import org.rtda.contracts.BatchAnswer;
import org.rtda.contracts.BatchRequest;
import org.rtda.contracts.EventCodec;
import org.rtda.contracts.Payload;
import org.rtda.contracts.Topic;
import org.rtda.messaging.EventRecords;
import org.rtda.messaging.Publisher;
import org.rtda.messaging.RequestWork;
import org.rtda.service.WorkProgress;

/**
 * The exchange over Kafka. An answer that does not come is asked for again: the request names all that it depends on, so
 * asking twice is harmless, and the second answer is dropped.
 */
final class KafkaWorkExchange implements WorkExchange {
    private static final Logger LOG = Logger.getLogger(KafkaWorkExchange.class);
    private static final Duration GLANCE = Duration.ofMillis(200);

    /** Between two requests for the same batch. */
    private static final Duration LONGEST_SILENCE = Duration.ofMinutes(10);

    private final Publisher publisher;
    private final OpenTelemetry telemetry;
    private final Consumer<Payload> discard;
    private final TrainerConfig config;
    private final TrainerMeters meters;
    private final StepTraces traces;
    private final WorkProgress progress;
    private final Map<String, Pending> pending = new ConcurrentHashMap<>();

    /** Whose requests these are; null between two runs. */
    private volatile String underWay;

    private record Pending(BatchRequest request, Runnable send, CompletableFuture<BatchAnswer> answer) {}

    KafkaWorkExchange(
            Publisher publisher,
            OpenTelemetry telemetry,
            Consumer<Payload> discard,
            TrainerConfig config,
            TrainerMeters meters,
            StepTraces traces,
            WorkProgress progress) {
        this.publisher = publisher;
        this.telemetry = telemetry;
        this.discard = discard;
        this.config = config;
        this.meters = meters;
        this.traces = traces;
        this.progress = progress;
    }

    @Override
    public void request(AugmentRequest request) {
        send(request, () -> publish(Topic.AUGMENT_REQUESTS, request));
    }

    @Override
    public void request(AttackRequest request) {
        send(request, () -> publish(Topic.ATTACK_REQUESTS, request));
    }

    private static String run(String experimentId, long attempt) {
        return experimentId + "/" + attempt;
    }

    private void send(BatchRequest request, Runnable send) {
        underWay = run(request.experimentId(), request.attempt());
        pending.put(request.id(), new Pending(request, send, new CompletableFuture<>()));
        send.run();
    }

    private void publish(Topic topic, BatchRequest request) {
        ProducerRecord<String, byte[]> asked = EventRecords.request(topic, request);
        RequestWork.carry(telemetry, traces.of(request), asked);
        publisher.publish(asked).whenComplete((where, failure) -> {
            if (failure != null) {
                LOG.errorf("request %s was not published: %s", request.id(), failure.getMessage());
                if (failure instanceof RecordTooLargeException) {
                    refuse(request.id(), failure.getMessage() + ": does the broker have the limits of docs/deploy.md?");
                }
            }
        });
    }

    /** An answer has come, from any thread. One that nobody waits for (an earlier attempt's) is dropped, with its batch. */
    void answered(BatchAnswer answer) {
        Pending waiting = pending.get(answer.id());
        if (waiting != null) {
            waiting.answer().complete(answer);
        } else if (answer instanceof BatchAnswer.Ready late
                && late.images().object() != null
                && !run(answer.experimentId(), answer.attempt()).equals(underWay)) {
            // a second answer of the run under way names the same object as the first, which may not have been read yet
            discard.accept(late.images());
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

    /** A request of this trainer has become a dead letter: no worker can read it. Letters of anything else are none of its business. */
    void refused(String requestId, String reason) {
        refuse(requestId, advised(reason));
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
        pending.clear();
        underWay = null;
        traces.forgetAll();
    }
}
