package org.rtda.benchmarks;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.rtda.attack.SimulatedDevice;
import org.rtda.benchmarks.measuring.PairedTurns;
import org.rtda.contracts.AttackRequest;
import org.rtda.contracts.BatchAnswer;
import org.rtda.contracts.BatchRequest;
import org.rtda.contracts.BatchRequestId;
import org.rtda.contracts.EventCodec;
import org.rtda.contracts.ImageSource;
import org.rtda.contracts.ObjectKeys;
import org.rtda.contracts.Topic;
import org.rtda.contracts.dataset.DatasetRef;
import org.rtda.contracts.dataset.ObjectRef;
import org.rtda.contracts.settings.AttackSettings;
import org.rtda.contracts.settings.PreAugmentation;
import org.rtda.core.Seed;
import org.rtda.core.StratifiedDraw;
import org.rtda.core.network.Initialization;
import org.rtda.core.network.NetworkArchitecture;
import org.rtda.core.network.SafeTensors;
import org.rtda.messaging.EventRecords;
import org.rtda.store.ArtifactStore;
import org.rtda.store.DatasetReader;

/**
 * Sends attack requests as a trainer with lookahead does, but does not train: a fresh snapshot in the store each step,
 * one request a shard, the next step's when an earlier step is complete. So it is the workers that are measured.
 */
final class AttackLoad implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofMinutes(5);
    private static final long LABELS_CACHE_BYTES = 1 << 20;
    private static final String NAME = "scale-benchmark";

    private final ArtifactStore store;
    private final DatasetRef dataset;
    private final Shape shape;
    private final byte[] snapshot;
    private final int[] images;
    private final KafkaProducer<String, byte[]> producer;
    private final KafkaConsumer<String, byte[]> consumer;
    private final Map<Long, Integer> missing = new HashMap<>();
    private final Map<Long, ObjectRef> snapshots = new HashMap<>();
    /** Written by one thread. */
    private volatile int run;

    /**
     * @param shards of a step
     * @param imagesPerShard of the training images, drawn by class, the same in every shard
     * @param stepsAhead steps that are asked for at a time
     */
    record Shape(int shards, int imagesPerShard, int stepsAhead) {}

    /**
     * What came of it, without the first steps.
     *
     * @param imagesPerSecond answered
     * @param requests answered
     * @param workerMillis median of the workers' own time for a request, queueing excluded
     */
    record Throughput(double imagesPerSecond, int requests, double workerMillis) {}

    /** @param dataset 1 x 28 x 28, with enough training images for a shard */
    AttackLoad(String bootstrapServers, ArtifactStore store, DatasetRef dataset, Shape shape) {
        this.store = store;
        this.dataset = dataset;
        this.shape = shape;
        NetworkArchitecture architecture =
                NetworkArchitecture.named("resnet8", 1, SmallDataset.SIDE, SmallDataset.SIDE, 2);
        this.images = StratifiedDraw.of(
                new DatasetReader(store, LABELS_CACHE_BYTES).labels(dataset, "train"), shape.imagesPerShard());
        this.snapshot = SafeTensors.encode(Initialization.weights(architecture, new Seed(1)), Map.of());
        Map<String, Object> broker = Map.of("bootstrap.servers", bootstrapServers);
        this.producer = new KafkaProducer<>(
                Map.of("bootstrap.servers", bootstrapServers, "linger.ms", "0"),
                new StringSerializer(),
                new ByteArraySerializer());
        this.consumer = new KafkaConsumer<>(broker, new StringDeserializer(), new ByteArrayDeserializer());
        List<TopicPartition> partitions = IntStream.range(0, Topic.ADVERSARIAL_BATCHES.partitions())
                .mapToObj(partition -> new TopicPartition(Topic.ADVERSARIAL_BATCHES.topicName(), partition))
                .toList();
        consumer.assign(partitions);
        consumer.seekToEnd(partitions);
        partitions.forEach(consumer::position);
    }

    /**
     * @param warmUp steps that are not counted, at least 1
     * @param steps that are
     */
    Throughput measure(int warmUp, int steps) {
        run++;
        List<Double> millis = new ArrayList<>();
        long asked = 0;
        long start = 0;
        for (long step = 0; step < warmUp + steps; step++) {
            for (; asked < Math.min(warmUp + steps, step + shape.stepsAhead()); asked++) {
                ask(asked);
            }
            if (step == warmUp) {
                start = System.nanoTime();
                millis.clear();
            }
            awaitStep(step, millis);
        }
        double seconds = (System.nanoTime() - start) / 1e9;
        int requests = steps * shape.shards();
        return new Throughput(requests * shape.imagesPerShard() / seconds, requests, median(millis));
    }

    private static double median(List<Double> values) {
        return PairedTurns.median(
                values.stream().mapToDouble(Double::doubleValue).toArray());
    }

    /**
     * As {@link #measure}, but counts requests and not whole steps: with few workers a step of many shards takes minutes. Requests that are
     * open at the end stay in their topic, as those of a run that {@link #isWanted nobody wants}.
     *
     * @param warmUp requests that are not counted, at least 1
     * @param requests that are
     */
    Throughput measureRequests(int warmUp, int requests) {
        forgetRun();
        run++;
        List<Double> millis = new ArrayList<>();
        long asked = 0;
        int answered = 0;
        int before = 0;
        long start = 0;
        long end = System.nanoTime() + PATIENCE.toNanos();
        while (answered < before + requests || before == 0) {
            for (; missing.size() < shape.stepsAhead(); asked++) {
                ask(asked);
            }
            int came = receive(millis);
            if (came > 0) {
                end = System.nanoTime() + PATIENCE.toNanos();
            } else if (System.nanoTime() > end) {
                throw new IllegalStateException("no request had an answer for " + PATIENCE);
            }
            answered += came;
            snapshots.keySet().removeIf(step -> {
                boolean complete = !missing.containsKey(step);
                if (complete) {
                    store.delete(snapshots.get(step).key());
                }
                return complete;
            });
            if (before == 0 && answered >= warmUp) {
                before = answered;
                start = System.nanoTime();
                millis.clear();
            }
        }
        double seconds = (System.nanoTime() - start) / 1e9;
        int counted = answered - before;
        // nobody wants what is open
        run++;
        return new Throughput(counted * shape.imagesPerShard() / seconds, counted, median(millis));
    }

    /** Whether it is asked for by the measurement under way. Safe for use by several threads. */
    boolean isWanted(BatchRequest request) {
        return request.experimentId().equals(experiment());
    }

    private void forgetRun() {
        snapshots.values().forEach(snapshot -> store.delete(snapshot.key()));
        snapshots.clear();
        missing.clear();
    }

    private void ask(long step) {
        byte[] fresh = fresh(step);
        // as a trainer writes it
        ObjectRef weights =
                store.write(ObjectKeys.snapshot(experiment(), 1, step), fresh.length, out -> out.write(fresh));
        snapshots.put(step, weights);
        missing.put(step, shape.shards());
        for (int shard = 0; shard < shape.shards(); shard++) {
            producer.send(EventRecords.request(Topic.ATTACK_REQUESTS, request(step, shard, weights)));
        }
    }

    /** Another content each step, as training makes it: a number is changed, no header. */
    private byte[] fresh(long step) {
        snapshot[snapshot.length - 4] = (byte) step;
        snapshot[snapshot.length - 3] = (byte) (step >> 8);
        snapshot[snapshot.length - 2] = (byte) run;
        return snapshot;
    }

    private void awaitStep(long step, List<Double> millis) {
        long end = System.nanoTime() + PATIENCE.toNanos();
        while (missing.containsKey(step)) {
            if (System.nanoTime() > end) {
                throw new IllegalStateException("step " + step + " had no answer within " + PATIENCE);
            }
            receive(millis);
        }
        store.delete(snapshots.remove(step).key());
    }

    /** What came of this run. @return how many answers */
    private int receive(List<Double> millis) {
        int came = 0;
        for (ConsumerRecord<String, byte[]> received : consumer.poll(Duration.ofMillis(200))) {
            BatchAnswer answer = EventCodec.read(received.value(), BatchAnswer.class);
            if (!answer.experimentId().equals(experiment())) {
                continue;
            }
            if (answer instanceof BatchAnswer.Failed failed) {
                throw new IllegalStateException(failed.worker() + " failed: " + failed.reason());
            }
            millis.add(((BatchAnswer.Ready) answer).computeMillis());
            missing.computeIfPresent(
                    BatchRequestId.parse(answer.id()).step(), (of, left) -> left == 1 ? null : left - 1);
            came++;
        }
        return came;
    }

    private String experiment() {
        return NAME + "-" + run;
    }

    private AttackRequest request(long step, int shard, ObjectRef weights) {
        return AttackRequest.builder()
                .id(BatchRequest.idOf(experiment(), 1, step, SimulatedDevice.VIEW, shard))
                .time(Instant.now())
                .experimentId(experiment())
                .replyTo(NAME)
                .attempt(1)
                .step(step)
                .view(SimulatedDevice.VIEW)
                .shard(shard)
                .images(new ImageSource(dataset, "train", images, PreAugmentation.NONE, 1, step))
                .network("resnet8")
                .weights(weights)
                .attack(AttackSettings.builder().epsilon(0.5).steps(7).build())
                .seed(1)
                .build();
    }

    @Override
    public void close() {
        consumer.close();
        producer.close();
    }
}
