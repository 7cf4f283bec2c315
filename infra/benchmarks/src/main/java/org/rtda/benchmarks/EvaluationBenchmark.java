package org.rtda.benchmarks;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.rtda.benchmarks.measuring.PairedTurns;
import org.rtda.contracts.CheckpointSaved;
import org.rtda.contracts.ExperimentSpec;
import org.rtda.contracts.RobustnessMetric;
import org.rtda.contracts.Topic;
import org.rtda.contracts.dataset.DatasetRef;
import org.rtda.store.MinioArtifactStore;

/**
 * The suite {@code standard} of a resnet8 on 28 x 28 test images over the services, from the checkpoint to the last figure with
 * intervals, gates and kept predictions; against the same conditions by torchattacks, Pillow and PyTorch, which report
 * accuracies alone. There are as many attack workers, of one thread each, as the rival has threads, so that the evaluator never
 * holds up half of a kernel. Some evaluations go before the turns: the services' compilers need them, as those that evaluate
 * one checkpoint after another have had.
 */
final class EvaluationBenchmark implements Benchmark {
    private static final Duration PATIENCE = Duration.ofMinutes(30);
    private static final int BATCH = 64;
    private static final int WARM_UP_EVALUATIONS = 20;

    @Override
    public String name() {
        return "evaluation";
    }

    @Override
    public List<BenchmarkFigure> run(Setting setting) {
        int count = setting.quick() ? 32 : 128;
        try (MinioArtifactStore store = setting.store()) {
            Path npz = SmallDataset.write(setting.folder(), BATCH, 64, count);
            DatasetRef dataset = SmallDataset.into(store, npz);
            ExperimentSpec spec = BenchmarkTraining.spec("erm", "resnet8", BATCH, 1, 7, 0, store);
            PackagedService.BackingServices backing = setting.backing(1);
            List<String> arguments = List.of(
                    "--data",
                    npz.toString(),
                    "--threads",
                    Integer.toString(setting.threads()),
                    "--attack-steps",
                    Integer.toString(spec.evaluation().attackSteps()),
                    "--epsilons",
                    Stream.concat(
                                    spec.evaluation().epsilons().stream(),
                                    Stream.of(spec.attack().epsilon()))
                            .distinct()
                            .map(epsilon -> String.format(Locale.ROOT, "%.6f", epsilon))
                            .collect(Collectors.joining(",")));
            try (DistributedTraining training = new DistributedTraining(backing, setting.threads());
                    PackagedService evaluator = PackagedService.start("evaluator-service", "evaluator-1", backing);
                    Rival rival = setting.rival("evaluation.py", arguments)) {
                evaluator.awaitReady();
                Judged judged = new Judged(setting, training, spec, dataset, backing.bootstrapServers());
                for (int warmUp = 0; warmUp < (setting.quick() ? 1 : WARM_UP_EVALUATIONS); warmUp++) {
                    judged.milliseconds();
                }
                PairedTurns turns = PairedTurns.take(setting.turnsOr(3), judged::milliseconds, rival.turns());
                return List.of(BenchmarkFigure.ofTime(
                        count + " test images, " + judged.conditions + " conditions, over the services",
                        turns,
                        "torchattacks, Pillow, PyTorch",
                        "at least 1.5x",
                        rival.note(setting.python())));
            }
        }
    }

    /** A model trained for one step, and how long its final evaluation takes. */
    private static final class Judged {
        private final Setting setting;
        private final DistributedTraining training;
        private final ExperimentSpec spec;
        private final DatasetRef dataset;
        private final String bootstrapServers;
        private int number;
        private int conditions;

        private Judged(
                Setting setting,
                DistributedTraining training,
                ExperimentSpec spec,
                DatasetRef dataset,
                String bootstrapServers) {
            this.setting = setting;
            this.training = training;
            this.spec = spec;
            this.dataset = dataset;
            this.bootstrapServers = bootstrapServers;
        }

        private double milliseconds() {
            String id = "evaluation-" + number++;
            try (EventLog checkpoints = new EventLog(bootstrapServers, Topic.CHECKPOINTS);
                    EventLog metrics = new EventLog(bootstrapServers, Topic.ROBUSTNESS_METRICS)) {
                training.run(BenchmarkTraining.submit(id, spec, dataset));
                CheckpointSaved saved = checkpoints.await(
                        CheckpointSaved.class,
                        PATIENCE,
                        event -> event.experimentId().equals(id) && event.last());
                RobustnessMetric end = metrics.await(
                        RobustnessMetric.class,
                        PATIENCE,
                        event -> event.experimentId().equals(id) && event instanceof RobustnessMetric.Completed);
                RobustnessMetric.Completed completed = (RobustnessMetric.Completed) end;
                if (completed.failed() > 0) {
                    throw new IllegalStateException(
                            completed.failed() + " conditions of " + id + " failed (logs in " + setting.folder() + ")");
                }
                conditions = completed.measured();
                double milliseconds =
                        Duration.between(saved.time(), completed.time()).toNanos() / 1e6;
                setting.tell("evaluated in " + Measurement.shown(milliseconds / 1000) + " s");
                return milliseconds;
            }
        }
    }
}
