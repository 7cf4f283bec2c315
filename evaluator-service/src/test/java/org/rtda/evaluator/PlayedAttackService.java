package org.rtda.evaluator;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.stream.Collectors;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.common.errors.WakeupException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.rtda.contracts.AttackRequest;
import org.rtda.contracts.BatchAnswer;
import org.rtda.contracts.EventCodec;
import org.rtda.contracts.Topic;
import org.rtda.core.ImageBatch;
import org.rtda.evaluator.context.EvaluationLane;
import org.rtda.evaluator.context.EvaluatorFixtures;
import org.rtda.messaging.EventRecords;
import org.rtda.store.ArtifactStore;
import org.rtda.store.DatasetReader;
import org.rtda.store.Payloads;

/**
 * A test's attack-service that behaves badly within what the contract allows: it answers the latest request first, answers
 * one request twice, and loses the first request it ever sees. Its images are those it starts from, each pixel moved towards grey
 * by half of what the ball allows.
 */
final class PlayedAttackService implements AutoCloseable {
    private static final Set<String> EVERYTHING = Arrays.stream(EvaluationLane.values())
            .map(lane -> lane.attackRequests().topicName())
            .collect(Collectors.toUnmodifiableSet());

    private final KafkaConsumer<String, byte[]> requests;
    private final KafkaProducer<String, byte[]> answers;
    private final DatasetReader datasets;
    private final Payloads throughTheStore;
    private final Set<String> asked = Collections.synchronizedSet(new HashSet<>());
    private final List<String> askedAgain = Collections.synchronizedList(new ArrayList<>());
    private final Thread thread = new Thread(this::serve, "played-attack-service");
    private boolean repeated;
    private volatile Set<String> answered = EVERYTHING;

    PlayedAttackService(String brokers, ArtifactStore store, KafkaProducer<String, byte[]> answers) {
        this.requests = new KafkaConsumer<>(
                Map.of(
                        "bootstrap.servers", brokers,
                        "group.id", "played-attack-service",
                        "auto.offset.reset", "earliest"),
                new StringDeserializer(),
                new ByteArrayDeserializer());
        this.answers = answers;
        this.datasets = new DatasetReader(store, 1 << 20);
        this.throughTheStore = new Payloads(store, 0);
        requests.subscribe(EVERYTHING);
        thread.start();
    }

    /** Ids of the requests that came more than once. */
    List<String> askedAgain() {
        return List.copyOf(askedAgain);
    }

    /** Whether requests are left unanswered from now on. */
    void keepSilent(boolean silent) {
        answered = silent ? Set.of() : EVERYTHING;
    }

    /** Leaves the requests of all other topics unanswered from now on. */
    void answerOnly(Topic topic) {
        answered = Set.of(topic.topicName());
    }

    private void serve() {
        try (requests) {
            while (true) {
                List<ConsumerRecord<String, byte[]>> batch = new ArrayList<>();
                requests.poll(Duration.ofMillis(100)).forEach(batch::add);
                Collections.reverse(batch);
                for (ConsumerRecord<String, byte[]> record : batch) {
                    answer(record.topic(), EventCodec.read(record.value(), AttackRequest.class));
                }
            }
        } catch (WakeupException e) {
            // the test is over
        } catch (ExecutionException | InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private void answer(String topic, AttackRequest request) throws ExecutionException, InterruptedException {
        boolean first = asked.isEmpty();
        if (!asked.add(request.id())) {
            askedAgain.add(request.id());
        }
        if (first || !answered.contains(topic)) {
            return;
        }
        send(request);
        if (!repeated) {
            repeated = true;
            send(request);
        }
    }

    private void send(AttackRequest request) throws ExecutionException, InterruptedException {
        ImageBatch clean = request.base() != null
                ? throughTheStore.read(request.base())
                : ImageBatch.of(datasets.read(
                                request.images().dataset(),
                                request.images().split(),
                                request.images().indices())
                        .images());
        float[] pixels = clean.pixels().clone();
        double share = request.attack().norm().equals("linf") ? 1 : Math.sqrt(clean.imageSize());
        float step = (float) (request.attack().epsilon() / share / 2);
        for (int i = 0; i < pixels.length; i++) {
            pixels[i] = Math.min(1, Math.max(0, pixels[i] + (pixels[i] < 0.5f ? step : -step)));
        }
        BatchAnswer answer = new BatchAnswer.Ready(
                request.id(),
                EvaluatorFixtures.NOW,
                1,
                request.experimentId(),
                request.replyTo(),
                request.attempt(),
                "played-attack-service",
                throughTheStore.write(
                        request.id(),
                        new ImageBatch(clean.count(), clean.channels(), clean.height(), clean.width(), pixels)),
                1,
                request.attack().steps(),
                0);
        answers.send(EventRecords.answer(Topic.ADVERSARIAL_BATCHES, answer)).get();
    }

    @Override
    public void close() {
        requests.wakeup();
        try {
            thread.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
