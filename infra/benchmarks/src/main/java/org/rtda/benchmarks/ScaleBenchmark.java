package org.rtda.benchmarks;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.ToDoubleFunction;
import org.rtda.benchmarks.AttackLoad.Throughput;
import org.rtda.benchmarks.StepTimeModel.Setup;
import org.rtda.benchmarks.StepTimeModel.StepCosts;
import org.rtda.benchmarks.measuring.PairedTurns;
import org.rtda.contracts.BatchAnswer;
import org.rtda.contracts.BatchRequestId;
import org.rtda.contracts.ExperimentCommand;
import org.rtda.contracts.ExperimentSpec;
import org.rtda.contracts.ObjectKeys;
import org.rtda.contracts.Topic;
import org.rtda.contracts.TrainingMetric;
import org.rtda.contracts.check.Event;
import org.rtda.contracts.dataset.DatasetRef;
import org.rtda.contracts.settings.AttackSettings;
import org.rtda.core.Seed;
import org.rtda.core.network.Initialization;
import org.rtda.core.network.NetworkArchitecture;
import org.rtda.core.network.SafeTensors;
import org.rtda.core.network.Weights;
import org.rtda.messaging.TopicAdmin;
import org.rtda.store.ArtifactStore;
import org.rtda.store.Datasets;
import org.rtda.store.MinioArtifactStore;

/**
 * Whether attack workers add up. Each worker is a process of its own with a simulated device, so that sixteen of them need no
 * sixteen accelerators; broker and store are real. Case {@code workers}: attack requests answered a second by 1 to 16 workers
 * that always have some waiting. Case {@code training}: the time of a real training step for 1, 2 and 4 workers with lookahead
 * 0, 1 and 2, against what {@link StepTimeModel} says from the costs of the first of these runs.
 */
final class ScaleBenchmark implements Benchmark {
    /** Case {@code workers}: a quarter of a usual batch, so that sixteen workers need one of this machine's processors. */
    private static final int IMAGES_PER_REQUEST = 32;

    /** Case {@code training}. */
    private static final int IMAGES_PER_SHARD = 8;

    private static final int SHARDS = 16;
    private static final int STEPS_AHEAD = 3;
    private static final int WARM_UP_STEPS = 3;
    private static final int TRAINING_SHARDS = 4;

    private final double millisPerImage;
    private final List<Integer> workerCounts;

    /** 25 ms an image, 1 to 16 workers. */
    ScaleBenchmark() {
        this(25, List.of(1, 2, 4, 8, 16));
    }

    /**
     * @param millisPerImage of a simulated device
     * @param workerCounts of the case {@code workers}, rising
     */
    ScaleBenchmark(double millisPerImage, List<Integer> workerCounts) {
        this.millisPerImage = millisPerImage;
        this.workerCounts = workerCounts;
    }

    @Override
    public String name() {
        return "scale";
    }

    @Override
    public List<BenchmarkFigure> run(Setting setting) {
        List<BenchmarkFigure> figures = new ArrayList<>();
        // one native thread: the devices are simulated, and the processors are for all of them
        PackagedService.BackingServices backing = setting.backing(1);
        try (MinioArtifactStore store = setting.store()) {
            DatasetRef dataset = SmallDataset.into(store, SmallDataset.write(setting.folder(), 1280, 16, 16));
            TopicAdmin.ensure(backing.bootstrapServers(), Duration.ofSeconds(30));
            if (setting.wants("training")) {
                figures.addAll(training(setting, backing, store, dataset));
            }
            if (setting.wants("workers")) {
                figures.addAll(workers(setting, backing, store, dataset));
            }
        }
        return figures;
    }

    private List<BenchmarkFigure> workers(
            Setting setting, PackagedService.BackingServices backing, ArtifactStore store, DatasetRef dataset) {
        List<BenchmarkFigure> figures = new ArrayList<>();
        double perWorker = 0;
        try (AttackWorkers workers = new AttackWorkers(backing, millisPerImage);
                AttackLoad load = new AttackLoad(
                        backing.bootstrapServers(),
                        store,
                        dataset,
                        new AttackLoad.Shape(SHARDS, IMAGES_PER_REQUEST, STEPS_AHEAD))) {
            for (int count : setting.quick() ? workerCounts.subList(0, (workerCounts.size() + 1) / 2) : workerCounts) {
                workers.growTo(count);
                Duration before = workers.processorTime();
                // a step of one worker takes 12.8 s; the first steps warm up the processes that have just started
                int steps = 2 + 2 * count;
                Throughput measured = load.measure(WARM_UP_STEPS, steps);
                double processorMillis =
                        workers.processorTime().minus(before).toNanos() / 1e6 / (SHARDS * (WARM_UP_STEPS + steps));
                perWorker = perWorker == 0 ? measured.imagesPerSecond() / count : perWorker;
                double ofLinear = measured.imagesPerSecond() / (count * perWorker);
                double ofDevices = measured.imagesPerSecond() * millisPerImage / 1000 / count;
                BenchmarkFigure figure = BenchmarkFigure.alone(
                        "attack requests answered by " + count + (count == 1 ? " worker" : " workers"),
                        "images/s",
                        measured.imagesPerSecond(),
                        measured.requests(),
                        count == 16 ? "at least 0.9 of 16 times one worker" : null,
                        String.format(
                                Locale.ROOT,
                                "%.3f of linear; devices busy %.3f of the time; a worker's own time %.0f ms a request of"
                                        + " which its device %.0f ms; %.1f ms of processor time a request",
                                ofLinear,
                                ofDevices,
                                measured.workerMillis(),
                                millisPerImage * IMAGES_PER_REQUEST,
                                processorMillis));
                setting.tell(figure.what() + ": " + Math.round(figure.ours()) + " images/s, " + figure.note());
                figures.add(figure);
            }
        }
        return figures;
    }

    private List<BenchmarkFigure> training(
            Setting setting, PackagedService.BackingServices backing, ArtifactStore store, DatasetRef dataset) {
        List<BenchmarkFigure> figures = new ArrayList<>();
        double snapshotMillis = snapshotMillis(store);
        try (DistributedTraining services = new DistributedTraining(backing, 0);
                AttackWorkers workers = new AttackWorkers(backing, millisPerImage)) {
            StepCosts costs = null;
            for (int count : setting.quick() ? List.of(1, 2) : List.of(1, 2, 4)) {
                workers.growTo(count);
                // not counted: the code of the workers that have just started is compiled while they run it
                services.run(submit("scale-warm-up-" + count, 0, store, dataset));
                for (int lookahead = 0; lookahead <= 2; lookahead++) {
                    String id = "scale-" + count + "-" + lookahead;
                    List<TrainingMetric> steps = services.run(submit(id, lookahead, store, dataset));
                    boolean calibrates = costs == null;
                    if (calibrates) {
                        costs = costs(steps, answers(backing, id), snapshotMillis);
                        setting.tell(costs.toString());
                    }
                    double measured = median(steps, TrainingMetric::stepMillis);
                    Setup setup = new Setup(count, 1, TRAINING_SHARDS, lookahead);
                    double predicted = StepTimeModel.stepMillis(setup, costs);
                    double own = median(steps, step -> step.stepMillis() - step.waitMillis());
                    BenchmarkFigure figure = BenchmarkFigure.alone(
                            "training step, " + count + (count == 1 ? " worker" : " workers") + ", lookahead "
                                    + lookahead,
                            "ms",
                            measured,
                            steps.size(),
                            calibrates ? null : "predicted within 15%",
                            String.format(
                                    Locale.ROOT,
                                    "model: %.0f ms, %+.1f%%%s; of a step the trainer itself took %.0f ms",
                                    predicted,
                                    100 * (predicted / measured - 1),
                                    calibrates ? " (the run its costs are from)" : "",
                                    own));
                    setting.tell(figure.what() + ": " + Math.round(measured) + " ms, " + figure.note());
                    figures.add(figure);
                }
            }
        }
        return figures;
    }

    /** From a run with one worker and lookahead 0, where all that happens in a step happens one after the other. */
    private static StepCosts costs(List<TrainingMetric> steps, List<BatchAnswer.Ready> answers, double snapshotMillis) {
        Map<Integer, List<Double>> byShard = new TreeMap<>();
        for (BatchAnswer.Ready answer : answers) {
            int shard = BatchRequestId.parse(answer.id()).shard();
            byShard.computeIfAbsent(shard, key -> new ArrayList<>()).add(answer.computeMillis());
        }
        double[] rest = byShard.entrySet().stream()
                .filter(entry -> entry.getKey() > 0)
                .flatMap(entry -> entry.getValue().stream())
                .mapToDouble(Double::doubleValue)
                .toArray();
        double attack = PairedTurns.median(rest);
        double first = PairedTurns.median(
                byShard.get(0).stream().mapToDouble(Double::doubleValue).toArray());
        double load = Math.max(0, first - attack);
        double wait = median(steps, TrainingMetric::waitMillis);
        double way = Math.max(0, wait - load - TRAINING_SHARDS * attack);
        // the snapshot is awaited after the clean view is made, which hides a part of it
        double own = median(steps, step -> step.stepMillis() - step.waitMillis());
        return new StepCosts(Math.max(0, own - snapshotMillis), snapshotMillis, way / 2, load, attack, way / 2, 0, 0);
    }

    private static List<BatchAnswer.Ready> answers(PackagedService.BackingServices backing, String experimentId) {
        List<BatchAnswer.Ready> answers = new ArrayList<>();
        Set<String> seen = new HashSet<>();
        try (EventLog log = new EventLog(backing.bootstrapServers(), Topic.ADVERSARIAL_BATCHES)) {
            log.await(BatchAnswer.class, Duration.ofMinutes(1), answer -> {
                if (answer.experimentId().equals(experimentId)
                        && answer instanceof BatchAnswer.Ready ready
                        && seen.add(answer.id())) {
                    answers.add(ready);
                }
                return answers.size() == 40 * TRAINING_SHARDS;
            });
        }
        return answers;
    }

    /** Median time to write a snapshot of the network that is trained, as the trainer writes it. */
    static double snapshotMillis(ArtifactStore store) {
        Weights weights = Initialization.weights(
                NetworkArchitecture.named("resnet8", 1, SmallDataset.SIDE, SmallDataset.SIDE, 2), new Seed(1));
        double[] millis = new double[40];
        for (int turn = -40; turn < millis.length; turn++) {
            String key = ObjectKeys.snapshot("scale-snapshots", 1, turn + millis.length);
            long start = System.nanoTime();
            SafeTensors.File file = SafeTensors.file(weights, Map.of("step", Integer.toString(turn)));
            store.write(key, file.sizeBytes(), file::writeTo);
            if (turn >= 0) {
                millis[turn] = (System.nanoTime() - start) / 1e6;
            }
            store.delete(key);
        }
        return PairedTurns.median(millis);
    }

    private static double median(List<TrainingMetric> steps, ToDoubleFunction<TrainingMetric> of) {
        // the pipeline fills in an epoch's first steps and drains in its last ones
        return PairedTurns.median(
                steps.subList(4, steps.size() - 4).stream().mapToDouble(of).toArray());
    }

    /** One epoch of 40 steps: batches of 32 in 4 shards, real attacks that take less than the simulated device. */
    private static ExperimentCommand.Submit submit(String id, int lookahead, ArtifactStore store, DatasetRef dataset) {
        ExperimentSpec spec = ExperimentSpec.builder()
                .dataset("small")
                .method("adversarial")
                .network("resnet8")
                .epochs(1)
                .batchSize(TRAINING_SHARDS * IMAGES_PER_SHARD)
                .seed(1L)
                .lookahead(lookahead)
                .shards(TRAINING_SHARDS)
                .attack(AttackSettings.builder().steps(1).build())
                .build()
                .resolvedFor(new Datasets(store).list().get(0));
        return new ExperimentCommand.Submit(id + "/submit", Instant.now(), Event.SCHEMA_VERSION, id, spec, dataset);
    }
}
