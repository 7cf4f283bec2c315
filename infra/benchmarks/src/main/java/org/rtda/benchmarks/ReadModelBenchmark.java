package org.rtda.benchmarks;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.function.IntFunction;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.rtda.benchmarks.measuring.PairedTurns;
import org.rtda.benchmarks.readmodel.BulkPublisher;
import org.rtda.benchmarks.readmodel.PublishedExperiment;
import org.rtda.benchmarks.readmodel.ReadModelCopies;
import org.rtda.benchmarks.readmodel.StreamReaders;
import org.rtda.benchmarks.readmodel.TimedGateway;
import org.rtda.contracts.EventCodec;
import org.rtda.contracts.ExperimentStatus.State;
import org.rtda.contracts.ObjectKeys;
import org.rtda.contracts.Predictions;
import org.rtda.contracts.check.Event;
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
    private static final int HEAP_MEGABYTES = 224;
    private static final int STEPS = 200;
    private static final int READERS = 500;

    /** The number of the experiment whose stream is followed, like no copy's. */
    private static final int RUNNING = 1 << 30;

    private static final int EVENTS_A_SECOND = 10;
    private static final String EXPERIMENTS = "/api/v1/experiments";

    /** Sets of experiments that are compared, whose predictions are in the store. */
    private static final int COMPARISONS = 10;

    private static final Duration PATIENCE = Duration.ofHours(3);

    @Override
    public String name() {
        return "read-model";
    }

    /** What is asked for, each path once: none is answered from what another has left. */
    private record Asked(String what, List<String> paths, double targetMillis) {}

    @Override
    public List<BenchmarkFigure> run(Setting setting) {
        int projected = setting.quick() ? 200 : 500;
        int copies = setting.quick() ? 1 : 19;
        PackagedService.Surroundings surroundings = setting.surroundings(1);
        TopicAdmin.ensure(surroundings.bootstrapServers(), Duration.ofSeconds(30));
        List<BenchmarkFigure> figures = new ArrayList<>();
        try (MeasuredGateway gateway = new MeasuredGateway(surroundings, setting)) {
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

    /** The gateway's process, which is stopped and started again over the same database. */
    private static final class MeasuredGateway implements AutoCloseable {
        private final PackagedService.Surroundings surroundings;
        private final Map<String, String> environment = new HashMap<>();
        private final String database;
        private PackagedService process;
        private int starts;
        private long mostResident;

        private MeasuredGateway(PackagedService.Surroundings surroundings, Setting setting) {
            this.surroundings = surroundings;
            String given = System.getenv("RTDA_DATABASE_URL");
            this.database = given == null ? "H2" : "PostgreSQL";
            environment.put("RTDA_DATABASE_URL", given == null ? h2(setting) : given);
            environment.put("RTDA_DATABASE_USER", System.getenv().getOrDefault("RTDA_DATABASE_USER", "rtda"));
            environment.put("RTDA_DATABASE_PASSWORD", System.getenv().getOrDefault("RTDA_DATABASE_PASSWORD", ""));
            environment.put("RTDA_GATEWAY_MAX_STREAMS", Integer.toString(READERS + 1));
            start();
        }

        private static String h2(Setting setting) {
            return "jdbc:h2:file:" + setting.folder().resolve("read-model");
        }

        private String url() {
            return environment.get("RTDA_DATABASE_URL");
        }

        private String user() {
            return environment.get("RTDA_DATABASE_USER");
        }

        private String password() {
            return environment.get("RTDA_DATABASE_PASSWORD");
        }

        /** @return seconds until it has answered with a page of the list */
        private double start() {
            long begun = System.nanoTime();
            process = PackagedService.start(
                    "gateway", "gateway-" + ++starts, surroundings, environment, List.of(), HEAP_MEGABYTES);
            process.awaitReady();
            client().get(EXPERIMENTS);
            return (System.nanoTime() - begun) / 1e9;
        }

        private void stop(boolean killed) {
            mostResident();
            if (killed) {
                process.kill();
            } else {
                process.close();
            }
        }

        /** Of all its processes so far. */
        private long mostResident() {
            mostResident = Math.max(mostResident, process.mostResidentBytes());
            return mostResident;
        }

        private TimedGateway client() {
            return new TimedGateway(process.base(), process.management());
        }

        private URI stream(String experiment) {
            return process.base().resolve("/api/v1/metrics/stream?experiment=" + experiment);
        }

        @Override
        public void close() {
            process.close();
        }
    }

    private static BenchmarkFigure fill(Setting setting, MeasuredGateway gateway, int experiments)
            throws InterruptedException {
        Map<String, ObjectRef> kept = new HashMap<>();
        ObjectRef manifest;
        try (MinioArtifactStore store = setting.store()) {
            manifest = SmallDataset.into(store, SmallDataset.write(setting.folder(), 8, 8, PublishedExperiment.IMAGES))
                    .manifest();
            for (int number = 0; number < COMPARISONS * PublishedExperiment.ON_ONE_DATASET; number++) {
                keepPredictions(store, new PublishedExperiment(number, STEPS, manifest), kept);
            }
        }
        setting.tell("predictions stored");
        long begun = System.nanoTime();
        long records;
        try (BulkPublisher publisher = new BulkPublisher(gateway.surroundings.bootstrapServers())) {
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
                gateway.database + ": projected, with few experiments in the database",
                "records/s",
                records / seconds,
                1,
                null,
                records + " records were published and projected in " + Measurement.shown(seconds)
                        + " s, of which the gateway took "
                        + Measurement.shown(gateway.process.processorTime().toMillis() / 1000.0)
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
                kept.put(key, store.put(key, EventCodec.write(predictions(experiment, condition))));
            }
        }
    }

    private static Predictions predictions(PublishedExperiment experiment, Condition condition) {
        Random random = new Random(experiment.number() * 31L + condition.label().hashCode());
        List<Integer> labels = IntStream.range(0, PublishedExperiment.IMAGES)
                .map(image -> image % 2)
                .boxed()
                .toList();
        List<Integer> predicted = labels.stream()
                .map(label -> random.nextInt(4) == 0 ? 1 - label : label)
                .toList();
        return new Predictions(
                Event.SCHEMA_VERSION,
                experiment.id(),
                experiment.evaluation(),
                condition,
                List.of("benign", "malignant"),
                labels,
                predicted,
                predicted.stream()
                        .map(answer -> answer == 0 ? List.of(0.742681, 0.257319) : List.of(0.257319, 0.742681))
                        .toList());
    }

    private static List<BenchmarkFigure> answers(Setting setting, MeasuredGateway gateway, List<Integer> numbers) {
        TimedGateway client = gateway.client();
        List<BenchmarkFigure> figures = new ArrayList<>();
        for (Asked asked : asked(client, numbers, setting.turnsOr(50))) {
            client.warmUp(asked.paths);
            Duration before = gateway.process.processorTime();
            double[] times = client.times(asked.paths);
            double processorMillis =
                    gateway.process.processorTime().minus(before).toMillis() / (double) times.length;
            Arrays.sort(times);
            figures.add(BenchmarkFigure.alone(
                    gateway.database + ": " + asked.what,
                    "ms",
                    PairedTurns.median(times),
                    times.length,
                    "at most " + Math.round(asked.targetMillis),
                    asked.what + ": 95th percentile " + Measurement.shown(percentile(times, 95)) + " ms, longest "
                            + Measurement.shown(times[times.length - 1]) + " ms, processor time of the gateway "
                            + Measurement.shown(processorMillis) + " ms each"));
            setting.tell(figures.get(figures.size() - 1).what() + ": "
                    + figures.get(figures.size() - 1).inShort());
        }
        figures.add(BenchmarkFigure.alone(
                gateway.database + ": memory, at its most",
                "MiB",
                gateway.mostResident() / 1048576.0,
                1,
                "under 512",
                "memory is the largest resident size of the gateway's process, with a heap of at most " + HEAP_MEGABYTES
                        + " MB"));
        return figures;
    }

    private static List<Asked> asked(TimedGateway client, List<Integer> numbers, int times) {
        Map<String, List<String>> lists = new LinkedHashMap<>();
        lists.put("list, first page of 50", repeated(EXPERIMENTS, times));
        lists.put("list, first page of 200", repeated(EXPERIMENTS + "?limit=200", times));
        lists.put("list, page after page of 50", pages(client, EXPERIMENTS + "?limit=50", 4 * times));
        lists.put("list, the oldest 200", repeated(EXPERIMENTS + "?limit=200&sort=submittedAt", times));
        lists.put("list, three fields of 200", repeated(EXPERIMENTS + "?limit=200&fields=name,status,headline", times));
        lists.put("list of a data set", each(times, i -> EXPERIMENTS + "?limit=200&dataset=set-" + i % 25));
        lists.put("list of a method", repeated(EXPERIMENTS + "?limit=200&method=trades", times));
        lists.put("list of a network and norm", repeated(EXPERIMENTS + "?network=resnet18&norm=linf", times));
        lists.put(
                "list of a data set, method and radius",
                each(times, i -> EXPERIMENTS + "?dataset=set-" + i % 25 + "&method=rtda&radius=0.5"));
        lists.put("list of a tag that one in a hundred has", repeated(EXPERIMENTS + "?tag=paper", times));
        lists.put("list of a tag that none has", each(times, i -> EXPERIMENTS + "?tag=none-" + i));
        lists.put("list of a method that none has", each(times, i -> EXPERIMENTS + "?method=none-" + i));
        lists.put("list of a radius that none has", each(times, i -> EXPERIMENTS + "?norm=l2&radius=" + (20 + i)));
        lists.put("list of the failed, of which there are none", repeated(EXPERIMENTS + "?state=FAILED", times));
        lists.put(
                "list of an hour",
                each(
                        times,
                        i -> EXPERIMENTS + "?submittedFrom=2026-01-0" + (1 + i % 7)
                                + "T10:00:00Z&submittedBefore=2026-01-0" + (1 + i % 7) + "T11:00:00Z"));
        lists.put("evaluations of an experiment", ofExperiments(times, numbers, "/evaluations"));
        lists.put("results of an experiment", ofExperiments(times, numbers, "/results"));
        lists.put("training metrics of an experiment", ofExperiments(times, numbers, "/training"));
        lists.put("one experiment", ofExperiments(times, numbers, ""));
        List<Asked> asked = lists.entrySet().stream()
                .map(list -> new Asked(list.getKey(), list.getValue(), 100))
                .collect(Collectors.toCollection(ArrayList::new));
        asked.add(new Asked(
                "comparison of 20 experiments, each set once", each(COMPARISONS, ReadModelBenchmark::comparison), 500));
        return asked;
    }

    private static List<String> repeated(String path, int times) {
        return each(times, i -> path);
    }

    private static List<String> each(int times, IntFunction<String> path) {
        return IntStream.range(0, times).mapToObj(path).toList();
    }

    private static List<String> pages(TimedGateway client, String first, int most) {
        List<String> pages = new ArrayList<>(List.of(first));
        while (pages.size() < most) {
            JsonNode next = client.get(pages.get(pages.size() - 1)).body().get("next");
            if (next == null || next.isNull()) {
                break;
            }
            pages.add(first + "&cursor=" + next.asText());
        }
        return pages;
    }

    private static List<String> ofExperiments(int times, List<Integer> numbers, String suffix) {
        Random random = new Random(1);
        return each(times, i -> EXPERIMENTS + "/" + id(numbers.get(random.nextInt(numbers.size()))) + suffix);
    }

    private static String id(int number) {
        return new PublishedExperiment(number, STEPS, PublishedExperiment.NOWHERE).id();
    }

    private static String comparison(int set) {
        return "/api/v1/comparisons?experiments="
                + IntStream.range(0, PublishedExperiment.ON_ONE_DATASET)
                        .mapToObj(i -> id(set * PublishedExperiment.ON_ONE_DATASET + i))
                        .collect(Collectors.joining(","));
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
                    + Measurement.shown(gateway.process.processorTime().toMillis() / 1000.0) + " s";
            figures.add(BenchmarkFigure.alone(
                    gateway.database + ": from the start after " + (killed ? "kill -9" : "a stop")
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
        try (BulkPublisher publisher = new BulkPublisher(gateway.surroundings.bootstrapServers());
                StreamReaders readers = new StreamReaders(READERS, events, running.id() + "/1/")) {
            publisher.publish(running.submit());
            publisher.publish(running.status(1, State.RUNNING, 0));
            publisher.flush();
            String document = EXPERIMENTS + "/" + running.id();
            long patience = System.nanoTime() + Duration.ofMinutes(1).toNanos();
            while (!isRunning(gateway, document) && System.nanoTime() < patience) {
                TimeUnit.MILLISECONDS.sleep(100);
            }
            readers.connect(gateway.stream(running.id()));
            setting.tell(READERS + " readers follow one experiment");
            Duration before = gateway.process.processorTime();
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
            double processorSeconds =
                    gateway.process.processorTime().minus(before).toMillis() / 1000.0;
            String note = READERS + " readers of one stream, " + events + " events, " + EVENTS_A_SECOND
                    + " a second: missing " + readers.missing() + ", doubled " + readers.doubled() + ", longest "
                    + Measurement.shown(times[times.length - 1]) + " ms; memory of the gateway "
                    + (gateway.mostResident() >> 20) + " MiB, its processor time " + Measurement.shown(processorSeconds)
                    + " s; the readers ran on the same processors";
            setting.tell(note);
            return List.of(
                    BenchmarkFigure.alone(
                            gateway.database + ": topic to reader, " + READERS + " readers, median",
                            "ms",
                            PairedTurns.median(times),
                            times.length,
                            null,
                            note),
                    BenchmarkFigure.alone(
                            gateway.database + ": topic to reader, " + READERS + " readers, 99th percentile",
                            "ms",
                            percentile(times, 99),
                            times.length,
                            "under 1000",
                            note),
                    BenchmarkFigure.alone(
                            gateway.database + ": deliveries that are missing or doubled",
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
