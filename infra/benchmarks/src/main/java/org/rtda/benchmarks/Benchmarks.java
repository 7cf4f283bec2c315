package org.rtda.benchmarks;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.rtda.contracts.AttackSettings;
import org.rtda.contracts.DatasetRef;
import org.rtda.contracts.Event;
import org.rtda.contracts.ExperimentCommand;
import org.rtda.contracts.ExperimentSpec;
import org.rtda.contracts.TrainingMetric;
import org.rtda.nn.pytorch.TorchEngine;
import org.rtda.store.Datasets;
import org.rtda.store.InMemoryArtifactStore;
import org.rtda.store.MinioArtifactStore;
import org.rtda.store.MinioSettings;
import org.rtda.testkit.LocalStack;

/**
 * What is measured rather than tested. {@code step} compares a training step over the services with the same step in this
 * process, in turns, in one run; {@code scale} attack workers with simulated devices; {@code model} predicts; {@code soak} trains for 2,000 steps and reports how every process's memory grew.
 */
public final class Benchmarks {
    private static final int WARM_UP_STEPS = 10;
    private static final String BUCKET = "benchmarks";

    private Benchmarks() {}

    public static void main(String[] arguments) throws IOException {
        String which = arguments.length == 1 ? arguments[0] : "";
        Path folder = Files.createTempDirectory("rtda-benchmark");
        int threads = Runtime.getRuntime().availableProcessors();
        LocalStack stack = LocalStack.shared();
        ServiceProcess.Surroundings surroundings = new ServiceProcess.Surroundings(
                Path.of(System.getProperty("rtda.root")),
                stack.bootstrapServers(),
                stack.s3Endpoint(),
                stack.accessKey(),
                stack.secretKey(),
                BUCKET,
                threads,
                folder);
        try (MinioArtifactStore store = new MinioArtifactStore(
                new MinioSettings(stack.s3Endpoint(), BUCKET, stack.accessKey(), stack.secretKey(), "us-east-1"))) {
            switch (which) {
                case "step" -> step(surroundings, store, folder, threads);
                case "scale" ->
                    new ScaleBenchmark()
                            .run(new Setting(surroundings.root(), folder, threads, 0, false, List.of(), "python3"))
                            .forEach(System.out::println);
                case "model" ->
                    new ModelBenchmark()
                            .run(new Setting(surroundings.root(), folder, threads, 0, false, List.of(), "python3"))
                            .forEach(System.out::println);
                case "soak" -> soak(surroundings, store, folder);
                default -> {
                    System.err.println("name a benchmark: step, scale, model or soak");
                    System.exit(2);
                }
            }
        }
    }

    /** Five turns of 20 steps each way, resnet8 and resnet20, batch 64 of 1 x 28 x 28, PGD-7, two shards. */
    private static void step(
            ServiceProcess.Surroundings surroundings, MinioArtifactStore store, Path folder, int threads) {
        DatasetRef dataset = SmallDataset.into(store, SmallDataset.write(folder, 1280, 16, 16));
        InMemoryArtifactStore local = new InMemoryArtifactStore();
        store.list("").forEach(key -> local.put(key, store.find(key).orElseThrow()));
        System.setProperty("ai.djl.pytorch.num_threads", Integer.toString(threads));
        System.setProperty("ai.djl.pytorch.num_interop_threads", "1");
        try (TorchEngine engine = TorchEngine.start("cpu");
                DistributedTraining services = new DistributedTraining(surroundings, 1)) {
            for (String network : List.of("resnet8", "resnet20")) {
                double[] distributed = {};
                double[] inProcess = {};
                for (int turn = 0; turn < 5; turn++) {
                    ExperimentCommand.Submit experiment =
                            submit(network + "-" + turn, spec(network, 64, 1, 2, store), dataset);
                    distributed = joined(distributed, measured(services.run(experiment), turn));
                    try (InProcessTraining training = new InProcessTraining(engine, local)) {
                        training.run(experiment);
                        inProcess = joined(inProcess, measured(training.metrics(), turn));
                    }
                }
                System.out.printf(
                        Locale.ROOT,
                        "step %s: over the services %.0f ms, in one process %.0f ms, ratio %.3f (medians of %d and %d"
                                + " steps, %d threads, 1 attack worker)%n",
                        network,
                        median(distributed),
                        median(inProcess),
                        median(distributed) / median(inProcess),
                        distributed.length,
                        inProcess.length,
                        threads);
            }
        }
    }

    /** resnet8, batch 16 in two shards, PGD-2, 2,100 steps in runs of 300: growth after the first. */
    private static void soak(ServiceProcess.Surroundings surroundings, MinioArtifactStore store, Path folder) {
        DatasetRef dataset = SmallDataset.into(store, SmallDataset.write(folder, 480, 16, 16));
        try (DistributedTraining services = new DistributedTraining(surroundings, 1)) {
            Map<String, Long> start = new TreeMap<>();
            for (int run = 0; run < 8; run++) {
                services.run(submit("soak-" + run, spec("resnet8", 16, 10, 2, store), dataset));
                Map<String, Long> now = services.residentBytes();
                if (run == 0) {
                    start = now;
                }
                System.out.println("after " + 300 * (run + 1) + " steps: " + mebibytes(now));
            }
            Map<String, Long> grown = new TreeMap<>(services.residentBytes());
            start.forEach((instance, bytes) -> grown.merge(instance, bytes, (end, begin) -> end - begin));
            System.out.println("soak: growth over the last 2100 steps: " + mebibytes(grown));
        }
    }

    private static ExperimentSpec spec(
            String network, int batchSize, int epochs, int shards, MinioArtifactStore store) {
        int steps = batchSize == 64 ? 7 : 2;
        return new ExperimentSpec(
                        "small",
                        "rtda",
                        network,
                        epochs,
                        batchSize,
                        1L,
                        null,
                        0,
                        shards,
                        null,
                        null,
                        null,
                        AttackSettings.pgd(null, null, steps, null, null),
                        null,
                        null)
                .resolvedFor(new Datasets(store).list().get(0));
    }

    private static ExperimentCommand.Submit submit(String id, ExperimentSpec spec, DatasetRef dataset) {
        return new ExperimentCommand.Submit(id + "/submit", Instant.now(), Event.SCHEMA_VERSION, id, spec, dataset);
    }

    private static double[] measured(List<TrainingMetric> metrics, int turn) {
        // every turn starts cold in some way (a new network, a new attempt); the first also warms up the JVMs
        return metrics.stream()
                .skip(turn == 0 ? WARM_UP_STEPS : 2)
                .mapToDouble(TrainingMetric::stepMillis)
                .toArray();
    }

    private static double[] joined(double[] first, double[] second) {
        double[] joined = Arrays.copyOf(first, first.length + second.length);
        System.arraycopy(second, 0, joined, first.length, second.length);
        return joined;
    }

    private static double median(double[] values) {
        double[] sorted = values.clone();
        Arrays.sort(sorted);
        int middle = sorted.length / 2;
        return sorted.length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
    }

    private static String mebibytes(Map<String, Long> bytes) {
        Map<String, String> shown = new TreeMap<>();
        bytes.forEach((instance, value) -> shown.put(instance, (value >> 20) + " MiB"));
        return shown.toString();
    }
}
