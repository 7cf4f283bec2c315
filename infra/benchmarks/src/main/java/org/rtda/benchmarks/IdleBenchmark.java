package org.rtda.benchmarks;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.rtda.benchmarks.measuring.PairedTurns;

/** What {@code ./rtda up} takes: seconds until everything is ready; then processor and memory with nothing to do. */
final class IdleBenchmark implements Benchmark {
    /** Minutes after the start that are measured. Compilers still work in the first on what the start has set going. */
    private static final int[] MINUTES = {4, 11};

    /** {@code USER_HZ}, which Linux on x86-64 has at 100. */
    private static final double TICKS_A_SECOND = 100;

    @Override
    public String name() {
        return "idle";
    }

    @Override
    public List<BenchmarkFigure> run(Setting setting) {
        Path home = setting.folder().resolve("home");
        try {
            setting.tell("starting everything, once to write the class archives");
            double first = secondsOf(() -> rtda(setting, home, "up"));
            int starts = setting.turnsOr(3);
            double[] later = new double[starts];
            for (int turn = 0; turn < starts; turn++) {
                rtda(setting, home, "down");
                later[turn] = secondsOf(() -> rtda(setting, home, "up"));
                setting.tell("started in " + Measurement.shown(later[turn]) + " s");
            }
            int minute = setting.quick() ? 10 : 60;
            long ready = System.nanoTime();
            List<ProcessHandle> processes = processes(home);
            String each = processes.size() + " processes";
            List<BenchmarkFigure> figures = new ArrayList<>();
            figures.add(BenchmarkFigure.alone(
                    "from rtda up until ready, built before",
                    "s",
                    PairedTurns.median(later),
                    starts,
                    "at most 20",
                    "the start before these took " + Measurement.shown(first)
                            + " s; the first one after a build writes its class archives when it ends"));
            for (int measured : setting.quick() ? new int[] {2} : MINUTES) {
                String name = "processor when idle, minute " + measured + ", " + each;
                setting.tell(name);
                sleepUntil(ready + TimeUnit.SECONDS.toNanos((long) (measured - 1) * minute));
                double before = processorSeconds(processes);
                long start = System.nanoTime();
                sleepUntil(start + TimeUnit.SECONDS.toNanos(minute));
                double percent = 100 * (processorSeconds(processes) - before) / ((System.nanoTime() - start) / 1e9);
                figures.add(BenchmarkFigure.alone(name, "% of a core", percent, 1, "at most 3", null));
            }
            figures.add(BenchmarkFigure.alone(
                    "memory when idle, " + each,
                    "GiB",
                    kibibytes(processes, "smaps_rollup", "Pss:") / 1048576.0,
                    1,
                    "at most 2.5",
                    "memory is proportional: a page that several processes share counts once; resident sizes added up"
                            + " give "
                            + Measurement.shown(kibibytes(processes, "status", "VmRSS:") / 1048576.0)
                            + " GiB"));
            return figures;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } finally {
            rtda(setting, home, "down");
        }
    }

    private static double secondsOf(Runnable start) {
        return NetworkCase.milliseconds(start) / 1000;
    }

    private static void rtda(Setting setting, Path home, String command) {
        try {
            Path log = setting.folder().resolve(command + ".log");
            ProcessBuilder builder = new ProcessBuilder(
                            setting.root().resolve("rtda").toString(), command)
                    .redirectErrorStream(true)
                    .redirectOutput(log.toFile());
            builder.environment().putAll(Map.of("RTDA_HOME", home.toString(), "RTDA_NO_BUILD", "1"));
            Process process = builder.start();
            if (!process.waitFor(5, TimeUnit.MINUTES)) {
                process.destroy();
            }
            if (process.waitFor() != 0) {
                throw new IllegalStateException("rtda " + command + " failed:\n" + Files.readString(log));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted during rtda " + command, e);
        }
    }

    /** Those that {@code up} left running, and whatever they started. */
    private static List<ProcessHandle> processes(Path home) throws IOException {
        List<ProcessHandle> processes = new ArrayList<>();
        JsonNode state = new ObjectMapper().readTree(Files.readAllBytes(home.resolve("state.json")));
        for (JsonNode process : state.get("processes")) {
            ProcessHandle handle = ProcessHandle.of(process.get("pid").asLong())
                    .orElseThrow(() -> new IllegalStateException(process.get("name") + " has ended"));
            processes.add(handle);
            handle.descendants().forEach(processes::add);
        }
        return processes;
    }

    private static double processorSeconds(List<ProcessHandle> processes) throws IOException {
        double ticks = 0;
        for (ProcessHandle process : processes) {
            String line = Files.readString(Path.of("/proc", Long.toString(process.pid()), "stat"));
            // after the command in parentheses, which may hold spaces: user and system time are the 12th and 13th
            String[] fields = line.substring(line.lastIndexOf(')') + 2).split(" ");
            ticks += Long.parseLong(fields[11]) + Long.parseLong(fields[12]);
        }
        return ticks / TICKS_A_SECOND;
    }

    private static long kibibytes(List<ProcessHandle> processes, String file, String key) throws IOException {
        long sum = 0;
        for (ProcessHandle process : processes) {
            try (Stream<String> lines = Files.lines(Path.of("/proc", Long.toString(process.pid()), file))) {
                sum += lines.filter(line -> line.startsWith(key))
                        .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")))
                        .sum();
            }
        }
        return sum;
    }

    /** @param end by {@link System#nanoTime} */
    private static void sleepUntil(long end) {
        try {
            TimeUnit.NANOSECONDS.sleep(end - System.nanoTime());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted", e);
        }
    }
}
