package org.rtda.benchmarks;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.rtda.benchmarks.AttackLoad.Throughput;
import org.rtda.benchmarks.measuring.PairedTurns;
import org.rtda.contracts.dataset.DatasetRef;
import org.rtda.messaging.TopicAdmin;
import org.rtda.nn.pytorch.engine.TorchEngine;
import org.rtda.store.MinioArtifactStore;

/**
 * Whether 64 attack workers add up on one experiment with 64 shards, all of them members of the share group of the topic's one partition.
 * Broker and store are real, devices are simulated. A device takes 4 s for a request, long enough that what workers, broker and store do
 * around it needs a part of a small machine even with 64 workers: what is measured is how work is handed out, not how many processors there
 * are. Numbers of workers take turns, from one to the most and again.
 */
final class ManyWorkersBenchmark implements Benchmark {
    private static final int SHARDS = 64;
    private static final int IMAGES_PER_SHARD = 8;
    private static final double MILLIS_PER_IMAGE = 500;

    /** Steps that are asked for at a time, as with lookahead 2. */
    private static final int STEPS_AHEAD = 3;

    /** Of each worker, in each turn. */
    private static final int REQUESTS = 8;

    private static final int WARM_UP_REQUESTS = 2;
    private static final List<Integer> WORKERS = List.of(1, 2, 4, 8, 16, 32, 64);

    @Override
    public String name() {
        return "many-workers";
    }

    @Override
    public List<BenchmarkFigure> run(Setting setting) {
        PackagedService.BackingServices backing = setting.backing(1);
        Map<String, Object> kafka = Map.of("bootstrap.servers", backing.bootstrapServers());
        int turns = setting.turnsOr(3);
        double millisPerImage = setting.quick() ? MILLIS_PER_IMAGE / 4 : MILLIS_PER_IMAGE;
        Map<Integer, double[]> imagesPerSecond = new TreeMap<>();
        Map<Integer, double[]> processors = new TreeMap<>();
        WORKERS.forEach(count -> {
            imagesPerSecond.put(count, new double[turns]);
            processors.put(count, new double[turns]);
        });
        try (MinioArtifactStore store = setting.store();
                TorchEngine engine = setting.engine();
                AttackGroup group = new AttackGroup(backing.bootstrapServers())) {
            DatasetRef dataset = SmallDataset.into(store, SmallDataset.write(setting.folder(), 1280, 16, 16));
            TopicAdmin.ensure(backing.bootstrapServers(), Duration.ofSeconds(30));
            try (AttackLoad load = new AttackLoad(
                    backing.bootstrapServers(),
                    store,
                    dataset,
                    new AttackLoad.Shape(SHARDS, IMAGES_PER_SHARD, STEPS_AHEAD))) {
                for (int turn = 0; turn < turns; turn++) {
                    for (int count : WORKERS) {
                        Duration grace = Duration.ofMillis(Math.round(2 * millisPerImage * IMAGES_PER_SHARD));
                        try (WorkersInProcess workers = new WorkersInProcess(
                                count, kafka, store, engine, millisPerImage, grace, load::isWanted)) {
                            workers.awaitAllIn(group);
                            Duration before = processorTime();
                            long start = System.nanoTime();
                            Throughput measured = load.measureRequests(WARM_UP_REQUESTS * count, REQUESTS * count);
                            processors.get(count)[turn] =
                                    (double) processorTime().minus(before).toNanos() / (System.nanoTime() - start);
                            imagesPerSecond.get(count)[turn] = measured.imagesPerSecond();
                        }
                        setting.tell(String.format(
                                Locale.ROOT,
                                "turn %d, %d workers: %.2f images/s, %.2f processors",
                                turn + 1,
                                count,
                                imagesPerSecond.get(count)[turn],
                                processors.get(count)[turn]));
                    }
                }
            }
        }
        return figures(imagesPerSecond, processors, millisPerImage);
    }

    private static List<BenchmarkFigure> figures(
            Map<Integer, double[]> imagesPerSecond, Map<Integer, double[]> processors, double millisPerImage) {
        double one = PairedTurns.median(imagesPerSecond.get(1));
        List<BenchmarkFigure> figures = new ArrayList<>();
        imagesPerSecond.forEach((count, rates) -> {
            double rate = PairedTurns.median(rates);
            figures.add(BenchmarkFigure.alone(
                    count + (count == 1 ? " worker, " : " workers, ") + SHARDS + " shards",
                    "images/s",
                    rate,
                    rates.length,
                    count == 32 ? "at least 0.9 of 32 times one worker" : null,
                    String.format(
                            Locale.ROOT,
                            "%d: %.3f of linear; devices busy %.3f of the time; this process used %.2f processors",
                            count,
                            rate / (count * one),
                            rate * millisPerImage / 1000 / count,
                            PairedTurns.median(processors.get(count)))));
        });
        return figures;
    }

    /** Of this process, in which workers and load are; broker and store are others. */
    private static Duration processorTime() {
        return ProcessHandle.current().info().totalCpuDuration().orElseThrow();
    }
}
