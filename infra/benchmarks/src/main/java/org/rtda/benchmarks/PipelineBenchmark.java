package org.rtda.benchmarks;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.rtda.benchmarks.measuring.PairedTurns;
import org.rtda.contracts.ExperimentCommand;
import org.rtda.contracts.ExperimentSpec;
import org.rtda.contracts.TrainingMetric;
import org.rtda.contracts.dataset.DatasetRef;
import org.rtda.nn.pytorch.engine.TorchEngine;
import org.rtda.store.InMemoryArtifactStore;
import org.rtda.store.MinioArtifactStore;

/**
 * What a training step costs over the services: RTDA, PGD-7, batch 64 of 1 x 28 x 28 in two shards, one attack worker. Case
 * {@code one-process}: with lookahead 0, against the same steps in one process, every process with all threads. Case
 * {@code lookahead}: with lookahead 1 against 0, trainer and attack worker with half of the threads each, so that each has
 * cores of its own. A turn is a run of its own; its time is the median of its steps but the first two. Before the turns
 * both sides take hundreds of short steps, as compilers of a JVM need to see them, and one run.
 */
final class PipelineBenchmark implements Benchmark {
    private static final int BATCH = 64;
    private static final int COLD_STEPS = 2;
    private static final int WARM_UP_BATCH = 16;
    private static final int WARM_UP_EPOCHS = 6;

    @Override
    public String name() {
        return "pipeline";
    }

    @Override
    public List<BenchmarkFigure> run(Setting setting) {
        int steps = setting.quick() ? 5 : 15;
        List<BenchmarkFigure> figures = new ArrayList<>();
        try (MinioArtifactStore store = setting.store()) {
            DatasetRef dataset = SmallDataset.into(store, SmallDataset.write(setting.folder(), BATCH * steps, 16, 16));
            for (String network : setting.quick() ? List.of("resnet8") : List.of("resnet8", "resnet20")) {
                if (setting.wants("one-process")) {
                    figures.add(againstOneProcess(setting, store, dataset, network));
                }
                if (setting.wants("lookahead")) {
                    figures.add(lookahead(setting, store, dataset, network));
                }
            }
        }
        return figures;
    }

    private static BenchmarkFigure againstOneProcess(
            Setting setting, MinioArtifactStore store, DatasetRef dataset, String network) {
        InMemoryArtifactStore local = new InMemoryArtifactStore();
        store.list("").forEach(key -> local.put(key, store.find(key).orElseThrow()));
        try (TorchEngine engine = setting.engine();
                DistributedTraining services = new DistributedTraining(setting.backing(setting.threads()), 1)) {
            Function<ExperimentCommand.Submit, List<TrainingMetric>> inOneProcess = experiment -> {
                try (InProcessTraining training = new InProcessTraining(engine, local)) {
                    training.run(experiment);
                    return training.metrics();
                }
            };
            ExperimentSpec spec = spec(network, 0, store);
            PairedTurns turns = new Runs(setting, "one-process-" + network, store, dataset)
                    .take(new Side("services", services::run, spec), new Side("one-process", inOneProcess, spec));
            return BenchmarkFigure.ofTime(
                    network + ", a step over the services, lookahead 0",
                    turns,
                    "the same in one process",
                    "at least 0.90x",
                    null);
        }
    }

    private static BenchmarkFigure lookahead(
            Setting setting, MinioArtifactStore store, DatasetRef dataset, String network) {
        int half = Math.max(1, setting.threads() / 2);
        try (DistributedTraining services = new DistributedTraining(setting.backing(half), 1)) {
            PairedTurns turns = new Runs(setting, "lookahead-" + network, store, dataset)
                    .take(
                            new Side("1", services::run, spec(network, 1, store)),
                            new Side("0", services::run, spec(network, 0, store)));
            return BenchmarkFigure.ofTime(
                    network + ", a step over the services, lookahead 1",
                    turns,
                    "lookahead 0",
                    "at least 1.3x",
                    "with lookahead, trainer and attack worker have " + half + " thread(s) each");
        }
    }

    private static ExperimentSpec spec(String network, int lookahead, MinioArtifactStore store) {
        return BenchmarkTraining.spec("rtda", network, BATCH, 1, 7, lookahead, store);
    }

    /**
     * What is compared.
     *
     * @param train runs a training to its end
     */
    private record Side(
            String title, Function<ExperimentCommand.Submit, List<TrainingMetric>> train, ExperimentSpec spec) {}

    /** PairedTurns of runs. */
    private static final class Runs {
        private final Setting setting;
        private final String name;
        private final MinioArtifactStore store;
        private final DatasetRef dataset;
        private int number;

        private Runs(Setting setting, String name, MinioArtifactStore store, DatasetRef dataset) {
            this.setting = setting;
            this.name = name;
            this.store = store;
            this.dataset = dataset;
        }

        private PairedTurns take(Side ours, Side rival) {
            for (Side side : List.of(ours, rival)) {
                warmUp(side);
            }
            return PairedTurns.take(setting.turnsOr(3), () -> stepMillis(ours), () -> stepMillis(rival));
        }

        private void warmUp(Side side) {
            int epochs = setting.quick() ? 1 : WARM_UP_EPOCHS;
            int lookahead = side.spec().lookahead();
            metrics(side, BenchmarkTraining.spec("rtda", "resnet8", WARM_UP_BATCH, epochs, 1, lookahead, store));
            stepMillis(side);
        }

        private double stepMillis(Side side) {
            double median = PairedTurns.median(metrics(side, side.spec()).stream()
                    .skip(COLD_STEPS)
                    .mapToDouble(TrainingMetric::stepMillis)
                    .toArray());
            setting.tell(name + ", " + side.title() + ": " + Measurement.shown(median) + " ms a step");
            return median;
        }

        private List<TrainingMetric> metrics(Side side, ExperimentSpec spec) {
            String id = name + "-" + side.title() + "-" + number++;
            return side.train().apply(BenchmarkTraining.submit(id, spec, dataset));
        }
    }
}
