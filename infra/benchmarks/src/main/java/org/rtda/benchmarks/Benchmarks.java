package org.rtda.benchmarks;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import org.rtda.benchmarks.measuring.Machine;

/** What is measured rather than tested: {@code ./rtda bench NAME}, see docs/speed.md. */
public final class Benchmarks {
    /** Every one of them, in the order in which they are listed. */
    static final List<Benchmark> ALL = List.of(
            new StepBenchmark(),
            new AttackBenchmark(),
            new AugMixBenchmark(),
            new CorruptionsBenchmark(),
            new PipelineBenchmark(),
            new ScaleBenchmark(),
            new ManyWorkersBenchmark(),
            new AnswersBenchmark(),
            new PayloadBenchmark(),
            new ModelBenchmark(),
            new EvaluationBenchmark(),
            new ImportBenchmark(),
            new ReadModelBenchmark(),
            new IdleBenchmark(),
            new SoakBenchmark());

    private Benchmarks() {}

    /** Ends with 0; 1 when a benchmark could not be measured, 2 when the arguments were not understood. */
    public static void main(String[] arguments) throws IOException {
        BenchmarkOptions options;
        try {
            options = BenchmarkOptions.parse(
                    arguments,
                    ALL.stream().map(Benchmark::name).toList(),
                    Runtime.getRuntime().availableProcessors());
        } catch (IllegalArgumentException e) {
            System.err.println("bench: " + e.getMessage());
            System.exit(2);
            return;
        }
        try {
            measure(options);
        } catch (IllegalStateException e) {
            System.err.println("bench: " + options.benchmark() + " could not be measured: " + e.getMessage());
            System.exit(1);
        }
        // DJL and the Kafka clients keep threads
        System.exit(0);
    }

    private static void measure(BenchmarkOptions options) throws IOException {
        String python = System.getenv().getOrDefault("PYTHON", "python3");
        Setting setting = new Setting(
                Path.of(System.getProperty("rtda.root")).toAbsolutePath().normalize(),
                Files.createTempDirectory("rtda-benchmark"),
                options.threads(),
                options.turns(),
                options.quick(),
                options.cases(),
                python,
                options.device());
        Benchmark benchmark = ALL.stream()
                .filter(each -> each.name().equals(options.benchmark()))
                .findFirst()
                .orElseThrow();
        Instant start = Instant.now();
        Machine machine = Machine.here(options.threads(), python, options.device());
        Measurement measurement = Measurement.of(options.benchmark(), start, machine, benchmark.run(setting));
        System.out.println(measurement.text());
        if (options.json() != null) {
            measurement.write(options.json());
        }
    }
}
