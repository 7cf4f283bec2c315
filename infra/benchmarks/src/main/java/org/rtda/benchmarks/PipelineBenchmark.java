package org.rtda.benchmarks;

import java.util.ArrayList;
import java.util.List;
import org.rtda.contracts.DatasetRef;
import org.rtda.contracts.ExperimentSpec;
import org.rtda.contracts.TrainingMetric;
import org.rtda.nn.pytorch.TorchEngine;
import org.rtda.store.InMemoryArtifactStore;
import org.rtda.store.MinioArtifactStore;

/**
 * What a training step costs over the services: RTDA, PGD-7, batch 64 of 1 x 28 x 28 in two shards, one attack worker. Case
 * {@code one-process}: with lookahead 0, against the same steps in one process, every process with all threads. Case
 * {@code lookahead}: with lookahead 1 against 0, trainer and attack worker with half of the threads each, so that each has
 * cores of its own. A turn is a run of its own; its time is the median of its steps but the first two.
 */
final class PipelineBenchmark implements Benchmark {
    private static final int BATCH = 64;
    private static final int COLD_STEPS = 2;

    @Override
    public String name() {
        return "pipeline";
    }

    @Override
    public List<Figure> run(Setting setting) {
        int steps = setting.quick() ? 5 : 15;
        List<Figure> figures = new ArrayList<>();
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

    private static Figure againstOneProcess(
            Setting setting, MinioArtifactStore store, DatasetRef dataset, String network) {
        InMemoryArtifactStore local = new InMemoryArtifactStore();
        store.list("").forEach(key -> local.put(key, store.find(key).orElseThrow()));
        try (TorchEngine engine = setting.engine();
                DistributedTraining services = new DistributedTraining(setting.surroundings(setting.threads()), 1)) {
            Runs runs = new Runs(setting, "one-process-" + network);
            Turns turns = runs.take(id -> services.run(Training.submit(id, spec(network, 0, store), dataset)), id -> {
                try (InProcessTraining training = new InProcessTraining(engine, local)) {
                    training.run(Training.submit(id, spec(network, 0, store), dataset));
                    return training.metrics();
                }
            });
            return Figure.ofTime(
                    network + ", a step over the services, lookahead 0",
                    turns,
                    "the same in one process",
                    "at least 0.90x",
                    null);
        }
    }

    private static Figure lookahead(Setting setting, MinioArtifactStore store, DatasetRef dataset, String network) {
        int half = Math.max(1, setting.threads() / 2);
        try (DistributedTraining services = new DistributedTraining(setting.surroundings(half), 1)) {
            Runs runs = new Runs(setting, "lookahead-" + network);
            Turns turns = runs.take(
                    id -> services.run(Training.submit(id + "-1", spec(network, 1, store), dataset)),
                    id -> services.run(Training.submit(id + "-0", spec(network, 0, store), dataset)));
            return Figure.ofTime(
                    network + ", a step over the services, lookahead 1",
                    turns,
                    "lookahead 0",
                    "at least 1.3x",
                    "with lookahead, trainer and attack worker have " + half + " thread(s) each");
        }
    }

    private static ExperimentSpec spec(String network, int lookahead, MinioArtifactStore store) {
        return Training.spec("rtda", network, BATCH, 1, 7, lookahead, store);
    }

    /** Runs a training to its end. */
    private interface Run {
        List<TrainingMetric> metrics(String id);
    }

    /** Turns of runs; the first two of each side warm up, compilers included, and are not counted. */
    private static final class Runs {
        private final Setting setting;
        private final String name;
        private int number;

        private Runs(Setting setting, String name) {
            this.setting = setting;
            this.name = name;
        }

        private Turns take(Run ours, Run rival) {
            for (int warmUp = 0; warmUp < 2; warmUp++) {
                stepMillis(ours);
                stepMillis(rival);
            }
            return Turns.take(setting.turnsOr(3), () -> stepMillis(ours), () -> stepMillis(rival));
        }

        private double stepMillis(Run run) {
            double median = Turns.median(run.metrics(name + "-" + number++).stream()
                    .skip(COLD_STEPS)
                    .mapToDouble(TrainingMetric::stepMillis)
                    .toArray());
            setting.tell(name + ": " + Measurement.shown(median) + " ms a step");
            return median;
        }
    }
}
