package org.rtda.benchmarks.measuring;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * The machine on which figures were measured.
 *
 * @param processor model, as the kernel names it
 * @param cores that this process may use
 * @param threads of the native kernels of each side
 * @param memoryMebibytes of the machine; 0 where the kernel does not say
 * @param load runnable tasks over the minute before the measurement: what else the machine did; -1 where unknown
 * @param versions of what was measured and of the rivals' packages, by name
 */
public record Machine(
        String processor, int cores, int threads, long memoryMebibytes, double load, Map<String, String> versions) {
    private static final Pattern NATIVE_PYTORCH = Pattern.compile("pytorch-native-(\\w+?)-(\\d[\\d.]*\\d)");
    private static final String PYTHON_VERSIONS = """
            import importlib.metadata, platform
            print("python=" + platform.python_version())
            for name in ("torch", "torchattacks", "numpy", "pillow", "scipy", "opencv-python-headless"):
                try:
                    print(name + "=" + importlib.metadata.version(name))
                except importlib.metadata.PackageNotFoundError:
                    print(name + "=missing")
            """;

    /** @param device {@code cpu}; {@code gpu}, of which the driver's {@code nvidia-smi} is asked for name and version */
    public static Machine here(int threads, String python, String device) {
        Map<String, String> versions = new LinkedHashMap<>();
        versions.put("jdk", System.getProperty("java.vm.name") + " " + Runtime.version());
        Matcher matcher = NATIVE_PYTORCH.matcher(System.getProperty("java.class.path"));
        if (matcher.find()) {
            versions.put("pytorch here", matcher.group(2) + " " + matcher.group(1));
        }
        versions.put("system", System.getProperty("os.name") + " " + System.getProperty("os.version"));
        if (device.equals("gpu")) {
            versions.put("GPU", firstLine("nvidia-smi", "--query-gpu=name,driver_version", "--format=csv,noheader"));
        }
        versions.putAll(python(python));
        versions.put("C++ compiler", compiler(System.getenv().getOrDefault("CXX", "g++")));
        return new Machine(
                line("/proc/cpuinfo", "model name"),
                Runtime.getRuntime().availableProcessors(),
                threads,
                mebibytes(line("/proc/meminfo", "MemTotal")),
                ManagementFactory.getOperatingSystemMXBean().getSystemLoadAverage(),
                versions);
    }

    private static Map<String, String> python(String command) {
        Map<String, String> versions = new LinkedHashMap<>();
        try {
            Process process = new ProcessBuilder(command, "-c", PYTHON_VERSIONS)
                    .redirectError(ProcessBuilder.Redirect.DISCARD)
                    .start();
            try (BufferedReader lines = process.inputReader()) {
                lines.lines().map(each -> each.split("=", 2)).forEach(pair -> versions.put(pair[0], pair[1]));
            }
        } catch (IOException e) {
            versions.put("python", "missing: there is no command " + command);
        }
        return versions;
    }

    /** The first line that it says of itself: the compiler that {@code torch.compile} takes, as rivals/rival.py has it. */
    public static String compiler(String command) {
        return firstLine(command, "--version");
    }

    private static String firstLine(String... command) {
        try {
            Process process = new ProcessBuilder(command)
                    .redirectError(ProcessBuilder.Redirect.DISCARD)
                    .start();
            try (BufferedReader lines = process.inputReader()) {
                return Objects.requireNonNullElse(
                        lines.readLine(), "unknown: " + String.join(" ", command) + " says nothing");
            }
        } catch (IOException e) {
            return "missing: there is no command " + command[0];
        }
    }

    /** What follows the key and a colon in the file's first such line; "unknown" when there is none. */
    private static String line(String file, String key) {
        Path path = Path.of(file);
        if (!Files.isReadable(path)) {
            return "unknown";
        }
        try (Stream<String> lines = Files.lines(path)) {
            return lines.filter(line -> line.startsWith(key))
                    .findFirst()
                    .map(line -> line.substring(line.indexOf(':') + 1).strip())
                    .orElse("unknown");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static long mebibytes(String kibibytes) {
        String digits = kibibytes.replaceAll("\\D", "");
        return digits.isEmpty() ? 0 : Long.parseLong(digits) / 1024;
    }

    public String sentence() {
        StringBuilder sentence = new StringBuilder(processor)
                .append(", ")
                .append(cores)
                .append(cores == 1 ? " core, " : " cores, ")
                .append(memoryMebibytes)
                .append(" MiB; ")
                .append(threads)
                .append(threads == 1 ? " thread" : " threads")
                .append(" each side; load before ")
                .append(load);
        versions.forEach((name, version) ->
                sentence.append("; ").append(name).append(' ').append(version));
        return sentence.toString();
    }
}
