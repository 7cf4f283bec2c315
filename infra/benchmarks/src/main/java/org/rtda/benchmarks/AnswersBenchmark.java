package org.rtda.benchmarks;

import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.Header;
import org.rtda.benchmarks.measuring.PairedTurns;
import org.rtda.contracts.BatchAnswer;
import org.rtda.contracts.BatchRequest;
import org.rtda.contracts.ObjectKeys;
import org.rtda.contracts.Payload;
import org.rtda.contracts.Topic;
import org.rtda.contracts.check.Event;
import org.rtda.contracts.dataset.ObjectRef;
import org.rtda.core.ImageBatch;
import org.rtda.messaging.EventRecords;
import org.rtda.messaging.Publisher;
import org.rtda.messaging.TopicAdmin;
import org.rtda.messaging.TopicFollower;
import org.rtda.store.InMemoryArtifactStore;
import org.rtda.store.Payloads;

/**
 * What an answer costs a trainer that it is not for: every trainer reads all answers and drops those of others unparsed. Bytes on the link, and
 * processor time of the thread that reads, with the images in the message and in the store. From both follows up to how many trainers a
 * broker's link and a share of a trainer's core suffice.
 */
final class AnswersBenchmark implements Benchmark {
    private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();
    private static final Topic TOPIC = Topic.ADVERSARIAL_BATCHES;

    /** Of each trainer: eight shards a step, two steps a second. */
    static final double ANSWERS_PER_SECOND = 16;

    /** 10 Gbit/s, of the broker. */
    static final double LINK_BYTES_PER_SECOND = 1.25e9;

    /** Of a core of each trainer, for answers that are not its own. */
    static final double CORE_SHARE = 0.1;

    @Override
    public String name() {
        return "answers";
    }

    /**
     * Up to how many trainers that train at the same time hold, if each reads the answers of all.
     *
     * @param bytes of an answer
     * @param millis of processor time to pass it by
     */
    static Limits limits(double bytes, double millis) {
        return new Limits((int) Math.sqrt(LINK_BYTES_PER_SECOND / (ANSWERS_PER_SECOND * bytes)), (int)
                (1 + CORE_SHARE * 1000 / (ANSWERS_PER_SECOND * millis)));
    }

    /**
     * @param link trainers whose answers, each sent to all of them, fill the broker's link
     * @param core trainers, of which each spends its share of a core on the answers of the others
     */
    record Limits(int link, int core) {
        int trainers() {
            return Math.min(link, core);
        }
    }

    @Override
    public List<BenchmarkFigure> run(Setting setting) {
        String brokers = setting.backing(1).bootstrapServers();
        TopicAdmin.ensure(brokers, Duration.ofSeconds(30));
        int turns = setting.turnsOr(5);
        int scale = setting.quick() ? 10 : 1;
        List<BenchmarkFigure> figures = new ArrayList<>();
        figures.add(figure("in the store, 1.5 MiB", answer(8, 224, false), 2000 / scale, turns, brokers));
        figures.add(figure("in the message, 64 KiB", answer(4, 64, true), 1000 / scale, turns, brokers));
        figures.add(figure("in the message, 512 KiB (the limit)", answer(8, 128, true), 200 / scale, turns, brokers));
        return figures;
    }

    /** A grey shard. */
    private static BatchAnswer answer(int images, int side, boolean inline) {
        float[] pixels = new float[images * side * side];
        for (int i = 0; i < pixels.length; i++) {
            pixels[i] = (i * 31 % 256) / 255f;
        }
        Payload inMessage = new Payloads(new InMemoryArtifactStore(), Integer.MAX_VALUE)
                .write("a", new ImageBatch(images, 1, side, side, pixels));
        String id = BatchRequest.idOf("exp-3f9c2a1b0d4e", 1, 1234, "adversarial", 5);
        Payload payload = inline
                ? inMessage
                : new Payload(
                        inMessage.shape(),
                        inMessage.sha256(),
                        null,
                        new ObjectRef(ObjectKeys.payload(id), inMessage.sha256(), (long) pixels.length * Float.BYTES));
        return new BatchAnswer.Ready(
                id,
                Instant.now(),
                Event.SCHEMA_VERSION,
                "exp-3f9c2a1b0d4e",
                "another-trainer",
                1,
                "attack-7",
                payload,
                812.5,
                7,
                null);
    }

    private static BenchmarkFigure figure(String what, BatchAnswer answer, int count, int turns, String brokers) {
        Map<String, Object> kafka = Map.of("bootstrap.servers", brokers);
        Semaphore received = new Semaphore(0);
        AtomicLong bytes = new AtomicLong();
        double[] millis = new double[turns];
        try (Publisher publisher = new Publisher(kafka);
                TopicFollower follower = TopicFollower.fromNowOn(kafka, TOPIC, each -> {
                    // as a trainer reads it
                    EventRecords.answerFor("this-trainer", each).ifPresent(own -> {
                        throw new IllegalStateException("an answer of another was taken for an own one");
                    });
                    bytes.set(size(each));
                    received.release();
                })) {
            follower.awaitCaughtUp();
            long thread = threadOf(TOPIC.topicName() + "-follower");
            // the first turn is for the compiler
            for (int turn = -1; turn < turns; turn++) {
                long before = THREADS.getThreadCpuTime(thread);
                for (int sent = 0; sent < count; sent++) {
                    publisher.publishAndWait(EventRecords.answer(TOPIC, answer));
                    received.acquire();
                }
                if (turn >= 0) {
                    millis[turn] = (THREADS.getThreadCpuTime(thread) - before) / 1e6 / count;
                }
            }
        } catch (InterruptedException e) {
            throw new IllegalStateException("interrupted", e);
        }
        double median = PairedTurns.median(millis);
        Limits limits = limits(bytes.get(), median);
        return BenchmarkFigure.alone(
                "an answer of another, images " + what,
                "ms of a core",
                median,
                turns * count,
                null,
                String.format(
                        Locale.ROOT,
                        "%s: %d bytes; with %.0f answers a second of each trainer, a broker's link of 10 Gbit/s holds %d"
                                + " trainers, and a tenth of a core of each %d",
                        what,
                        bytes.get(),
                        ANSWERS_PER_SECOND,
                        limits.link(),
                        limits.core()));
    }

    private static long size(ConsumerRecord<?, ?> received) {
        long headers = Arrays.stream(received.headers().toArray())
                .mapToLong(header -> length(header))
                .sum();
        return received.serializedKeySize() + received.serializedValueSize() + headers;
    }

    private static int length(Header header) {
        return header.key().length() + header.value().length;
    }

    private static long threadOf(String name) {
        return Arrays.stream(THREADS.getThreadInfo(THREADS.getAllThreadIds()))
                .filter(thread -> thread != null && thread.getThreadName().equals(name))
                .mapToLong(thread -> thread.getThreadId())
                .findFirst()
                .orElseThrow(() -> new IllegalStateException("no thread " + name));
    }
}
