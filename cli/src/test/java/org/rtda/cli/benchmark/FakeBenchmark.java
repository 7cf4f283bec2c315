package org.rtda.cli.benchmark;

import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Map;
import org.rtda.cli.benchmark.grid.BenchmarkGrid;
import org.rtda.cli.benchmark.page.BenchmarkReport;
import org.rtda.cli.benchmark.result.BenchmarkFolder;
import org.rtda.cli.rest.GatewayClient;

/** A benchmark that a {@link FakeGateway} answers, from its first run to its pages. */
public final class FakeBenchmark {
    /** What all of its runs have in common. */
    public static final String SMALL = "{\"network\":\"resnet8\",\"epochs\":2,\"batchSize\":5}";

    public static final Clock CLOCK = Clock.fixed(Instant.parse("2026-11-23T10:00:00Z"), ZoneOffset.UTC);

    private FakeBenchmark() {}

    /**
     * @param out the benchmark's folder
     * @param build versions of what runs it
     * @param further whether the full suite and the transfer evaluations follow
     */
    public static void run(
            Path out, BenchmarkGrid grid, FakeGateway gateway, Map<String, String> build, boolean further)
            throws InterruptedException {
        try (BenchmarkFolder folder = BenchmarkFolder.open(out)) {
            BenchmarkRun run = new BenchmarkRun(
                    grid,
                    folder,
                    new BenchmarkReport(build, CLOCK),
                    () -> new GatewayClient(gateway.address()),
                    1,
                    new BenchmarkRun.Watcher() {
                        @Override
                        public void tell(String line) {}

                        @Override
                        public void show(String phase, double share, String figures) {}
                    },
                    CLOCK,
                    () -> {});
            run.run(false);
            if (further) {
                run.full();
                run.transfer();
            }
        }
    }
}
