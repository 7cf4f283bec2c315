package org.rtda.benchmarks;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import com.sun.management.OperatingSystemMXBean;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.DoubleSupplier;
import org.rtda.benchmarks.measuring.PairedTurns;
import org.rtda.benchmarks.measuring.SocketCopy;
import org.rtda.contracts.BatchAnswer;
import org.rtda.contracts.Payload;
import org.rtda.contracts.Topic;
import org.rtda.contracts.check.Event;
import org.rtda.contracts.dataset.ObjectRef;
import org.rtda.core.ImageBatch;
import org.rtda.core.Seed;
import org.rtda.core.network.Initialization;
import org.rtda.core.network.NetworkArchitecture;
import org.rtda.core.network.SafeTensors;
import org.rtda.core.network.Weights;
import org.rtda.messaging.EventRecords;
import org.rtda.messaging.Publisher;
import org.rtda.messaging.TopicAdmin;
import org.rtda.messaging.TopicFollower;
import org.rtda.nn.pytorch.engine.TorchEngine;
import org.rtda.store.ArtifactStore;
import org.rtda.store.Payloads;

/**
 * What it costs to move the data of a step at the size of the paper: images from a worker's array to the trainer's tensor,
 * weights from the trainer to a worker's tensors. Broker and store are real. Both ends run in this process, and its processor time
 * is what is counted; that of broker and store is not. Beside it: the same bytes copied through two sockets of the loopback
 * address, as they go to a store and from it.
 */
final class PayloadBenchmark implements Benchmark {
    private static final OperatingSystemMXBean PROCESS =
            (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();
    private static final Topic TOPIC = Topic.ADVERSARIAL_BATCHES;
    private static final double MEGABYTE = 1e6;

    /** What a turn moves, in as many units as it needs. */
    private static final long TURN_BYTES = 260_000_000;

    private static final String TARGET = "at least 0.5x";

    @Override
    public String name() {
        return "payloads";
    }

    @Override
    public List<BenchmarkFigure> run(Setting setting) {
        String brokers = setting.backing(1).bootstrapServers();
        TopicAdmin.ensure(brokers, Duration.ofSeconds(30));
        ArtifactStore store = setting.store();
        List<BenchmarkFigure> figures = new ArrayList<>();
        try (TorchEngine engine = setting.engine();
                MessagePath messages = new MessagePath(brokers)) {
            int side = setting.quick() ? 64 : 224;
            for (Carried carried : List.of(
                    images("in the store", 128, side, Payloads.DEFAULT_INLINE_LIMIT_BYTES, store, messages, engine),
                    images("in the message", 2, 224, Payloads.DEFAULT_INLINE_LIMIT_BYTES, store, messages, engine),
                    weights(setting.quick() ? "resnet18" : "wide-resnet-50-2", store, engine))) {
                if (setting.wants(carried.name())) {
                    figures.add(figure(setting, carried));
                }
            }
        }
        return figures;
    }

    /**
     * @param name for {@code --cases}
     * @param sizeBytes of the values
     * @param unit moves them once and reads them into the engine
     * @param afterwards is not measured
     */
    private record Carried(String name, String what, long sizeBytes, Stages unit, Runnable afterwards) {}

    private interface Stages {
        void run(Stopwatch watch) throws InterruptedException;
    }

    private static BenchmarkFigure figure(Setting setting, Carried carried) {
        setting.tell("payloads, " + carried.what());
        int turns = setting.turnsOr(5);
        // the clock of the processor goes in steps of 10 ms
        int units = (int) Math.max(1, Math.min(50, TURN_BYTES / carried.sizeBytes()));
        Stopwatch stages = new Stopwatch();
        try (SocketCopy sockets = new SocketCopy(carried.sizeBytes())) {
            for (int warmUp = 0; warmUp < 2 * units; warmUp++) {
                unit(carried, new Stopwatch());
                sockets.copy();
            }
            PairedTurns times = PairedTurns.take(
                    turns, () -> each(units, () -> unit(carried, stages)), () -> each(units, sockets::copy));
            return BenchmarkFigure.ofRate(
                    carried.what(),
                    "MB/s a core",
                    times,
                    "copy through two sockets",
                    TARGET,
                    carried.name() + ": " + stages.text(turns * units),
                    carried.sizeBytes() / MEGABYTE);
        }
    }

    private static double each(int units, DoubleSupplier milliseconds) {
        double sum = 0;
        for (int unit = 0; unit < units; unit++) {
            sum += milliseconds.getAsDouble();
        }
        return sum / units;
    }

    /** @return milliseconds of this process's processor time */
    private static double unit(Carried carried, Stopwatch watch) {
        long before = PROCESS.getProcessCpuTime();
        try {
            watch.begin();
            carried.unit().run(watch);
        } catch (InterruptedException e) {
            throw new IllegalStateException("interrupted", e);
        }
        double milliseconds = (PROCESS.getProcessCpuTime() - before) / 1e6;
        carried.afterwards().run();
        return milliseconds;
    }

    private static Carried images(
            String where,
            int count,
            int side,
            int inlineLimitBytes,
            ArtifactStore store,
            MessagePath messages,
            TorchEngine engine) {
        float[] pixels = new float[count * side * side];
        for (int i = 0; i < pixels.length; i++) {
            pixels[i] = (i * 31 % 256) / 255f;
        }
        ImageBatch batch = new ImageBatch(count, 1, side, side, pixels);
        Payloads payloads = new Payloads(store, inlineLimitBytes);
        Payload[] last = new Payload[1];
        return new Carried(
                where.equals("in the message") ? "message" : "images",
                count + " images of " + side + " pixels, " + where,
                4L * pixels.length,
                watch -> {
                    Payload written = payloads.write("exp-3f9c2a1b0d4e/1/1234/adversarial/5", batch);
                    watch.done("write");
                    last[0] = messages.carry(written);
                    watch.done("message");
                    ImageBatch read = payloads.read(last[0]);
                    watch.done("read");
                    engine.call(() -> {
                        try (NDManager manager = engine.newManager()) {
                            return engine.load(manager, read).size();
                        }
                    });
                    watch.done("tensor");
                },
                () -> payloads.discard(last[0]));
    }

    private static Carried weights(String network, ArtifactStore store, TorchEngine engine) {
        NetworkArchitecture architecture = NetworkArchitecture.named(network, 1, 224, 224, 2);
        Weights weights = Initialization.weights(architecture, new Seed(1));
        long sizeBytes = weights.tensors().values().stream()
                .mapToLong(tensor -> 4L * tensor.data().length)
                .sum();
        String key = "transient/exp-3f9c2a1b0d4e/1/weights-1234.safetensors";
        return new Carried(
                "weights",
                "weights of " + network,
                sizeBytes,
                watch -> {
                    SafeTensors.File file = SafeTensors.file(weights, Map.of("step", "1234"));
                    ObjectRef written = store.write(key, file.sizeBytes(), file::writeTo);
                    watch.done("write");
                    Weights read = store.read(written, in -> SafeTensors.decode(in, written.sizeBytes()))
                            .weights();
                    watch.done("read");
                    engine.call(() -> {
                        try (NDManager manager = engine.newManager()) {
                            List<NDArray> tensors = new ArrayList<>();
                            read.tensors()
                                    .values()
                                    .forEach(
                                            tensor -> tensors.add(engine.load(manager, tensor.data(), tensor.shape())));
                            return tensors.size();
                        }
                    });
                    watch.done("tensors");
                },
                () -> store.delete(key));
    }

    /** Answers to a trainer, one at a time. */
    private static final class MessagePath implements AutoCloseable {
        private static final String TRAINER = "this-trainer";

        private final Publisher publisher;
        private final TopicFollower follower;
        private final BlockingQueue<BatchAnswer> received = new LinkedBlockingQueue<>();

        private MessagePath(String brokers) {
            Map<String, Object> kafka = Map.of("bootstrap.servers", brokers);
            this.publisher = new Publisher(kafka);
            this.follower = TopicFollower.fromNowOn(
                    kafka, TOPIC, each -> EventRecords.answerFor(TRAINER, each).ifPresent(received::add));
            try {
                follower.awaitCaughtUp();
            } catch (InterruptedException e) {
                throw new IllegalStateException("interrupted", e);
            }
        }

        private Payload carry(Payload images) throws InterruptedException {
            publisher.publishAndWait(EventRecords.answer(
                    TOPIC,
                    new BatchAnswer.Ready(
                            "exp-3f9c2a1b0d4e/1/1234/adversarial/5",
                            Instant.now(),
                            Event.SCHEMA_VERSION,
                            "exp-3f9c2a1b0d4e",
                            TRAINER,
                            1,
                            "attack-7",
                            images,
                            812.5,
                            7,
                            null)));
            BatchAnswer answer = received.poll(30, TimeUnit.SECONDS);
            if (!(answer instanceof BatchAnswer.Ready ready)) {
                throw new IllegalStateException("no answer with images came within 30 s, but " + answer);
            }
            return ready.images();
        }

        @Override
        public void close() {
            follower.close();
            publisher.close();
        }
    }

    /** Wall time, and processor time of the process, of the parts of a unit, in the order in which they first ended. */
    private static final class Stopwatch {
        private final Map<String, long[]> nanos = new LinkedHashMap<>();
        private long since;
        private long processorSince;

        private void begin() {
            since = System.nanoTime();
            processorSince = PROCESS.getProcessCpuTime();
        }

        private void done(String stage) {
            long now = System.nanoTime();
            long processorNow = PROCESS.getProcessCpuTime();
            long[] sums = nanos.computeIfAbsent(stage, first -> new long[2]);
            sums[0] += now - since;
            sums[1] += processorNow - processorSince;
            since = now;
            processorSince = processorNow;
        }

        private String text(int units) {
            List<String> parts = new ArrayList<>();
            nanos.forEach((stage, sums) -> parts.add(String.format(
                    Locale.ROOT,
                    "%s %s and %s ms",
                    stage,
                    Measurement.shown(sums[0] / 1e6 / units),
                    Measurement.shown(sums[1] / 1e6 / units))));
            return "wall and processor time: " + String.join(", ", parts);
        }
    }
}
