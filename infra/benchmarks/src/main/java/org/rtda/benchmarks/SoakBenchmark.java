package org.rtda.benchmarks;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.rtda.contracts.dataset.DatasetRef;
import org.rtda.store.MinioArtifactStore;

/** How the memory of every process grows over 2,100 steps, after 300: resnet8, batch 16 in two shards, PGD-2. */
final class SoakBenchmark implements Benchmark {
    private static final int STEPS_A_RUN = 300;
    private static final int RUNS = 8;

    @Override
    public String name() {
        return "soak";
    }

    @Override
    public List<BenchmarkFigure> run(Setting setting) {
        try (MinioArtifactStore store = setting.store()) {
            DatasetRef dataset = SmallDataset.into(store, SmallDataset.write(setting.folder(), 480, 16, 16));
            try (DistributedTraining services = new DistributedTraining(setting.backing(setting.threads()), 1)) {
                Map<String, Long> start = new TreeMap<>();
                Map<String, Long> now = start;
                for (int run = 1; run <= RUNS; run++) {
                    services.run(BenchmarkTraining.submit(
                            "soak-" + run, BenchmarkTraining.spec("rtda", "resnet8", 16, 10, 2, 0, store), dataset));
                    now = services.residentBytes();
                    start = run == 1 ? now : start;
                    setting.tell("after " + run * STEPS_A_RUN + " steps: " + mebibytes(now));
                }
                List<BenchmarkFigure> figures = new ArrayList<>();
                for (Map.Entry<String, Long> process : now.entrySet()) {
                    long grown = process.getValue() - start.get(process.getKey());
                    figures.add(BenchmarkFigure.alone(
                            process.getKey() + ", growth over " + (RUNS - 1) * STEPS_A_RUN + " steps",
                            "MiB",
                            grown / 1048576.0,
                            1,
                            "under 100",
                            null));
                }
                return figures;
            }
        }
    }

    private static String mebibytes(Map<String, Long> bytes) {
        Map<String, String> shown = new TreeMap<>();
        bytes.forEach((instance, value) -> shown.put(instance, (value >> 20) + " MiB"));
        return shown.toString();
    }
}
