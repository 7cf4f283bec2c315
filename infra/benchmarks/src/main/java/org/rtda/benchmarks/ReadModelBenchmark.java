package org.rtda.benchmarks;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.rtda.benchmarks.measuring.PairedTurns;
import org.rtda.benchmarks.readmodel.BulkPublisher;
import org.rtda.benchmarks.readmodel.PublishedExperiment;
import org.rtda.benchmarks.readmodel.ReadModelCopies;
import org.rtda.benchmarks.readmodel.ReadModelQuestions;
import org.rtda.benchmarks.readmodel.StreamReaders;
import org.rtda.benchmarks.readmodel.TimedGateway;
import org.rtda.contracts.EventCodec;
import org.rtda.contracts.ExperimentStatus.State;
import org.rtda.contracts.ObjectKeys;
import org.rtda.contracts.dataset.ObjectRef;
import org.rtda.contracts.settings.Condition;
import org.rtda.messaging.TopicAdmin;
import org.rtda.store.MinioArtifactStore;

/**
 * A gateway with 10,000 experiments of 200 figures and 200 training metrics each: how fast it projects, how long lists and comparisons
 * take, what it needs of memory, when it serves after a restart, and what 500 readers of one stream get. The records of the first 500
 * experiments go the usual way, over the broker and through the gateway's own projection; the rows of the others are copies of theirs.
 */
final class ReadModelBenchmark implements Benchmark {
    private static final int STEPS = 200;
    private static final int READERS = 500;

    /** The number of the experiment whose stream is followed, like no copy's. */
    private static final int RUNNING = 1 << 30;

    private static final int EVENTS_A_SECOND = 10;

    private static final Duration PATIENCE = Duration.ofHours(3);

    @Override
    public String name() {
        return "read-model";
    }

    @Override
    public List<BenchmarkFigure> run(Setting setting) {
        int projected = setting.quick() ? 200 : 500;
        int copies = setting.quick() ? 1 : 19;
        PackagedService.BackingServices backing = setting.backing(1);
        TopicAdmin.ensure(backing.bootstrapServers(), Duration.ofSeconds(30));
        List<BenchmarkFigure> figures = new ArrayList<>();
        try (MeasuredGateway gateway = new MeasuredGateway(backing, setting, READERS + 1)) {
            figures.add(fill(setting, gateway, projected));
            gateway.stop(false);
            setting.tell("copying rows");
            ReadModelCopies.make(gateway.url(), gateway.user(), gateway.password(), projected, copies);
            setting.tell("started again in " + Measurement.shown(gateway.start()) + " s");
            List<Integer> numbers = IntStream.rangeClosed(0, copies)
                    .boxed()
                    .flatMap(copy -> IntStream.range(0, projected)
                            .mapToObj(number -> copy * ReadModelCopies.MOST_ORIGINALS + number))
                    .toList();
            if (setting.wants("answers")) {
                figures.addAll(answers(setting, gateway, numbers));
            }
            if (setting.wants("restart")) {
                figures.addAll(restarts(setting, gateway));
            }
            if (setting.wants("streams")) {
                figures.addAll(streams(setting, gateway));
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted", e);
        }
        return figures;
    }

    private static BenchmarkFigure fill(Setting setting, MeasuredGateway gateway, int experiments)
            throws InterruptedException {
        Map<String, ObjectRef> kept = new HashMap<>();
        ObjectRef manifest;
        try (MinioArtifactStore store = setting.store()) {
            manifest = SmallDataset.into(store, SmallDataset.write(setting.folder(), 8, 8, PublishedExperiment.IMAGES))
                    .manifest();
            byte[] content = store.get(manifest);
            PublishedExperiment.datasets().forEach(name -> store.put(ObjectKeys.manifest(name), content));
            for (int number = 0;
                    number < ReadModelQuestions.COMPARISONS * PublishedExperiment.ON_ONE_DATASET;
                    number++) {
                keepPredictions(store, new PublishedExperiment(number, STEPS, manifest), kept);
            }
        }
        setting.tell("predictions stored");
        long begun = System.nanoTime();
        long records;
        try (BulkPublisher publisher = new BulkPublisher(gateway.bootstrapServers())) {
            for (int number = 0; number < experiments; number++) {
                PublishedExperiment experiment = new PublishedExperiment(number, STEPS, manifest);
                experiment
                        .whole(condition -> kept.get(ObjectKeys.predictions(experiment.evaluation(), condition)))
                        .forEach(publisher::publish);
                if ((number + 1) % 100 == 0) {
                    publisher.flush();
                    setting.tell(number + 1 + " experiments published");
                }
            }
            records = publisher.flush();
        }
        long end = System.nanoTime() + PATIENCE.toNanos();
        while (gateway.client().projectedRecords() < records) {
            if (System.nanoTime() > end) {
                throw new IllegalStateException("the gateway has not projected all within " + PATIENCE);
            }
            TimeUnit.SECONDS.sleep(1);
        }
        double seconds = (System.nanoTime() - begun) / 1e9;
        setting.tell(
                "projected in " + Measurement.shown(seconds) + " s, memory " + (gateway.mostResident() >> 20) + " MiB");
        return BenchmarkFigure.alone(
                gateway.database() + ": projected, with few experiments in the database",
                "records/s",
                records / seconds,
                1,
                null,
                records + " records were published and projected in " + Measurement.shown(seconds)
                        + " s, of which the gateway took "
                        + Measurement.shown(gateway.processorTime().toMillis() / 1000.0)
                        + " s of processor time; publisher, broker and gateway shared the processors");
    }

    /** Whether a comparison that names no conditions is about it. */
    private static boolean isCompared(Condition condition) {
        return condition.kind() == Condition.Kind.CLEAN || condition.kind() == Condition.Kind.ATTACK;
    }

    private static void keepPredictions(
            MinioArtifactStore store, PublishedExperiment experiment, Map<String, ObjectRef> kept) {
        for (Condition condition : PublishedExperiment.CONDITIONS) {
            if (isCompared(condition)) {
                String key = ObjectKeys.predictions(experiment.evaluation(), condition);
                kept.put(key, store.put(key, EventCodec.write(experiment.predictions(condition))));
            }
        }
    }

    private static List<BenchmarkFigure> answers(Setting setting, MeasuredGateway gateway, List<Integer> numbers) {
        TimedGateway client = gateway.client();
        List<BenchmarkFigure> figures = new ArrayList<>();
        for (ReadModelQuestions.Asked asked : new ReadModelQuestions(STEPS).all(client, numbers, setting.turnsOr(50))) {
            client.warmUp(asked.paths());
            Duration before = gateway.processorTime();
            double[] times = client.times(asked.paths());
            double processorMillis = gateway.processorTime().minus(before).toMillis() / (double) times.length;
            Arrays.sort(times);
            figures.add(BenchmarkFigure.alone(
                    gateway.database() + ": " + asked.what(),
                    "ms",
                    PairedTurns.median(times),
                    times.length,
                    "at most " + Math.round(asked.targetMillis()),
                    asked.what() + ": 95th percentile " + Measurement.shown(percentile(times, 95)) + " ms, longest "
                            + Measurement.shown(times[times.length - 1]) + " ms, processor time of the gateway "
                            + Measurement.shown(processorMillis) + " ms each"));
            setting.tell(figures.get(figures.size() - 1).what() + ": "
                    + figures.get(figures.size() - 1).inShort());
        }
        figures.add(BenchmarkFigure.alone(
                gateway.database() + ": memory, at its most",
                "MiB",
                gateway.mostResident() / 1048576.0,
                1,
                "under 512",
                "memory is the largest resident size of the gateway's process, with a heap of at most "
                        + MeasuredGateway.HEAP_MEGABYTES + " MB"));
        return figures;
    }

    private static List<BenchmarkFigure> restarts(Setting setting, MeasuredGateway gateway) {
        List<BenchmarkFigure> figures = new ArrayList<>();
        for (boolean killed : new boolean[] {false, true}) {
            double[] seconds = new double[setting.quick() ? 1 : 3];
            for (int turn = 0; turn < seconds.length; turn++) {
                gateway.stop(killed);
                seconds[turn] = gateway.start();
            }
            String note = "processor time of the gateway until then "
                    + Measurement.shown(gateway.processorTime().toMillis() / 1000.0) + " s";
            figures.add(BenchmarkFigure.alone(
                    gateway.database() + ": from the start after " + (killed ? "kill -9" : "a stop")
                            + " until it serves the list",
                    "s",
                    PairedTurns.median(seconds),
                    seconds.length,
                    "at most 10",
                    note));
            setting.tell(figures.get(figures.size() - 1).what() + ": "
                    + figures.get(figures.size() - 1).inShort());
        }
        return figures;
    }

    private static List<BenchmarkFigure> streams(Setting setting, MeasuredGateway gateway) throws InterruptedException {
        int events = EVENTS_A_SECOND * (setting.quick() ? 10 : 60);
        PublishedExperiment running = new PublishedExperiment(RUNNING, events, PublishedExperiment.NOWHERE);
        try (BulkPublisher publisher = new BulkPublisher(gateway.bootstrapServers());
                StreamReaders readers = new StreamReaders(READERS, events, running.id() + "/1/")) {
            publisher.publish(running.submit());
            publisher.publish(running.status(1, State.RUNNING, 0));
            publisher.flush();
            String document = ReadModelQuestions.EXPERIMENTS + "/" + running.id();
            long patience = System.nanoTime() + Duration.ofMinutes(1).toNanos();
            while (!isRunning(gateway, document) && System.nanoTime() < patience) {
                TimeUnit.MILLISECONDS.sleep(100);
            }
            readers.connect(gateway.stream(running.id()));
            setting.tell(READERS + " readers follow one experiment");
            Duration before = gateway.processorTime();
            long begun = System.nanoTime();
            for (int event = 1; event <= events; event++) {
                TimeUnit.NANOSECONDS.sleep(
                        begun + event * TimeUnit.SECONDS.toNanos(1) / EVENTS_A_SECOND - System.nanoTime());
                readers.published(event);
                publisher.publish(running.training(1, event, Instant.now()));
                // each step comes by itself
                publisher.flush();
            }
            boolean all = readers.await(60);
            double[] times = readers.milliseconds();
            double processorSeconds = gateway.processorTime().minus(before).toMillis() / 1000.0;
            String note = READERS + " readers of one stream, " + events + " events, " + EVENTS_A_SECOND
                    + " a second: missing " + readers.missing() + ", doubled " + readers.doubled() + ", longest "
                    + Measurement.shown(times[times.length - 1]) + " ms; memory of the gateway "
                    + (gateway.mostResident() >> 20) + " MiB, its processor time " + Measurement.shown(processorSeconds)
                    + " s; the readers ran on the same processors";
            setting.tell(note);
            return List.of(
                    BenchmarkFigure.alone(
                            gateway.database() + ": topic to reader, " + READERS + " readers, median",
                            "ms",
                            PairedTurns.median(times),
                            times.length,
                            null,
                            note),
                    BenchmarkFigure.alone(
                            gateway.database() + ": topic to reader, " + READERS + " readers, 99th percentile",
                            "ms",
                            percentile(times, 99),
                            times.length,
                            "under 1000",
                            note),
                    BenchmarkFigure.alone(
                            gateway.database() + ": deliveries that are missing or doubled",
                            "deliveries",
                            all ? readers.doubled() : readers.missing() + readers.doubled(),
                            READERS * events,
                            "0",
                            note));
        }
    }

    private static boolean isRunning(MeasuredGateway gateway, String document) {
        try {
            return gateway.client()
                    .get(document)
                    .body()
                    .at("/status/state")
                    .asText()
                    .equals(State.RUNNING.name());
        } catch (IllegalStateException notYet) {
            return false;
        }
    }

    /** @param rising values */
    static double percentile(double[] rising, int percent) {
        int rank = (int) Math.ceil(percent / 100.0 * rising.length);
        return rising[Math.max(1, rank) - 1];
    }
}
