package org.rtda.trainer;

import io.smallrye.reactive.messaging.MutinyEmitter;
import io.smallrye.reactive.messaging.TracingMetadata;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.eclipse.microprofile.reactive.messaging.Channel;
import org.eclipse.microprofile.reactive.messaging.Message;
import org.eclipse.microprofile.reactive.messaging.Metadata;
import org.jboss.logging.Logger;
import org.rtda.contracts.AttackRequest;
import org.rtda.contracts.AugmentRequest;
import org.rtda.contracts.BatchAnswer;
import org.rtda.contracts.BatchRequest;
import org.rtda.contracts.Topic;
import org.rtda.messaging.EventRecords;

/**
 * The exchange over Kafka. An answer that does not come is asked for again: the request names all that it depends on, so
 * asking twice is harmless, and the second answer is dropped.
 */
@ApplicationScoped
class KafkaWorkExchange implements WorkExchange {
    private static final Logger LOG = Logger.getLogger(KafkaWorkExchange.class);
    private static final Duration GLANCE = Duration.ofMillis(200);

    private final MutinyEmitter<ProducerRecord<String, byte[]>> augmentRequests;
    private final MutinyEmitter<ProducerRecord<String, byte[]>> attackRequests;
    private final TrainerConfig config;
    private final TrainerMeters meters;
    private final StepTraces traces;
    private final Map<String, Pending> pending = new ConcurrentHashMap<>();

    private record Pending(BatchRequest request, Runnable send, CompletableFuture<BatchAnswer> answer) {}

    KafkaWorkExchange(
            @Channel("augment-requests") MutinyEmitter<ProducerRecord<String, byte[]>> augmentRequests,
            @Channel("attack-requests") MutinyEmitter<ProducerRecord<String, byte[]>> attackRequests,
            TrainerConfig config,
            TrainerMeters meters,
            StepTraces traces) {
        this.augmentRequests = augmentRequests;
        this.attackRequests = attackRequests;
        this.config = config;
        this.meters = meters;
        this.traces = traces;
    }

    @Override
    public void request(AugmentRequest request, int shards) {
        send(request, () -> publish(augmentRequests, Topic.AUGMENT_REQUESTS, request, shards));
    }

    @Override
    public void request(AttackRequest request, int shards) {
        send(request, () -> publish(attackRequests, Topic.ATTACK_REQUESTS, request, shards));
    }

    private void send(BatchRequest request, Runnable send) {
        pending.put(request.id(), new Pending(request, send, new CompletableFuture<>()));
        send.run();
    }

    private void publish(
            MutinyEmitter<ProducerRecord<String, byte[]>> emitter, Topic topic, BatchRequest request, int shards) {
        Message<ProducerRecord<String, byte[]>> message = Message.of(
                EventRecords.request(topic, request, shards),
                Metadata.of(TracingMetadata.withCurrent(traces.of(request))));
        Consumer<Throwable> onFailure =
                failure -> LOG.errorf(failure, "request %s was not published; it will be sent again", request.id());
        emitter.sendMessage(message).subscribe().with(sent -> {}, onFailure);
    }

    /** An answer has come, from any thread. One that nobody waits for (a duplicate, an earlier attempt's) is dropped. */
    void answered(BatchAnswer answer) {
        Pending waiting = pending.get(answer.id());
        if (waiting != null) {
            waiting.answer().complete(answer);
        }
    }

    @Override
    public BatchAnswer.Ready await(String requestId, RunControl control) {
        Pending waiting = pending.get(requestId);
        if (waiting == null) {
            throw new IllegalStateException("no request " + requestId + " is waiting for an answer");
        }
        BatchAnswer answer = await(waiting, requestId, control);
        pending.remove(requestId);
        if (answer instanceof BatchAnswer.Failed failed) {
            throw new TrainingFailedException("worker " + failed.worker() + " cannot make view "
                    + waiting.request().view() + " of step "
                    + (waiting.request().step() + 1) + ": " + failed.reason());
        }
        return (BatchAnswer.Ready) answer;
    }

    private BatchAnswer await(Pending waiting, String requestId, RunControl control) {
        int resent = 0;
        long start = System.nanoTime();
        while (true) {
            control.check();
            try {
                return waiting.answer().get(GLANCE.toMillis(), TimeUnit.MILLISECONDS);
            } catch (TimeoutException e) {
                long waited = System.nanoTime() - start;
                if (waited > config.answerPatience().toNanos()) {
                    throw new TrainingFailedException("no worker answered request " + requestId + " within "
                            + config.answerPatience() + ": is "
                            + (waiting.request() instanceof AttackRequest ? "attack-service" : "augment-service")
                            + " running?");
                }
                if (waited / config.answerTimeout().toNanos() > resent) {
                    resent++;
                    meters.askedAgain();
                    LOG.warnf("request %s has no answer yet, sending it again (%d)", requestId, resent);
                    waiting.send().run();
                }
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new TrainingStoppedException("the trainer is shutting down");
            } catch (ExecutionException e) {
                throw new IllegalStateException(e);
            }
        }
    }

    @Override
    public void forgetAll() {
        pending.clear();
        traces.forgetAll();
    }
}
