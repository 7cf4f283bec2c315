package org.rtda.benchmarks;

import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;

/**
 * The command line.
 *
 * @param benchmark its name
 * @param json file for the figures; null for none
 * @param turns 0 for the benchmark's own number
 * @param threads of the native kernels
 * @param cases empty for all
 * @param device {@code cpu} or {@code gpu}
 */
record BenchmarkOptions(
        String benchmark, Path json, int turns, int threads, boolean quick, List<String> cases, String device) {
    /** Those that compute in this process, and in a rival's. */
    private static final List<String> ON_GPU = List.of("step", "attack");

    private static final List<String> DEVICES = List.of("cpu", "gpu");

    /** @throws IllegalArgumentException when it is not understood, with what is */
    static BenchmarkOptions parse(String[] arguments, List<String> benchmarks, int cores) {
        Deque<String> left = new ArrayDeque<>(List.of(arguments));
        if (left.isEmpty() || !benchmarks.contains(left.peek())) {
            throw new IllegalArgumentException("the first argument must name a benchmark, one of "
                    + String.join(", ", benchmarks) + (left.isEmpty() ? "" : ", was '" + left.peek() + "'"));
        }
        String benchmark = left.remove();
        Path json = null;
        int turns = 0;
        int threads = cores;
        boolean quick = false;
        List<String> cases = List.of();
        String device = "cpu";
        while (!left.isEmpty()) {
            String option = left.remove();
            switch (option) {
                case "--json" -> json = Path.of(value(option, left));
                case "--turns" -> turns = count(option, value(option, left));
                case "--threads" -> threads = count(option, value(option, left));
                case "--cases" -> cases = List.of(value(option, left).split(","));
                case "--quick" -> quick = true;
                case "--device" -> device = device(value(option, left), benchmark);
                default ->
                    throw new IllegalArgumentException(
                            "options are --json FILE, --turns N, --threads N, --cases NAME,..., --device NAME and"
                                    + " --quick, was " + option);
            }
        }
        return new BenchmarkOptions(benchmark, json, turns, threads, quick, cases, device);
    }

    private static String device(String name, String benchmark) {
        if (!DEVICES.contains(name)) {
            throw new IllegalArgumentException(
                    "--device must be one of " + String.join(", ", DEVICES) + ", was " + name);
        }
        if (!name.equals("cpu") && !ON_GPU.contains(benchmark)) {
            throw new IllegalArgumentException("--device gpu is for " + String.join(" and ", ON_GPU) + ", not for "
                    + benchmark + ": leave it out");
        }
        return name;
    }

    private static String value(String option, Deque<String> left) {
        if (left.isEmpty()) {
            throw new IllegalArgumentException(option + " needs a value");
        }
        return left.remove();
    }

    private static int count(String option, String value) {
        if (!value.matches("[1-9]\\d{0,3}")) {
            throw new IllegalArgumentException(option + " must be in [1, 9999], was " + value);
        }
        return Integer.parseInt(value);
    }
}
