package org.rtda.nn.pytorch.engine;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.apache.commons.rng.UniformRandomProvider;
import org.rtda.core.ImageBatch;
import org.rtda.core.Seed;
import org.rtda.core.network.Initialization;
import org.rtda.core.network.NetworkArchitecture;
import org.rtda.core.network.TrainingMemory;
import org.rtda.nn.pytorch.method.AdamWStep;
import org.rtda.nn.pytorch.method.BatchNormMode;
import org.rtda.nn.pytorch.method.MethodSettings;
import org.rtda.nn.pytorch.method.Methods;
import org.rtda.nn.pytorch.method.Optimizer;
import org.rtda.nn.pytorch.method.OptimizerStep;
import org.rtda.nn.pytorch.method.SgdStep;
import org.rtda.nn.pytorch.method.TrainableNetwork;
import org.rtda.nn.pytorch.method.TrainingMethod;
import org.rtda.nn.pytorch.method.TrainingOptions;
import org.rtda.nn.pytorch.method.TrainingState;

/**
 * What real steps take at their peak, each case in a process of its own, under the memory settings of the services' images. A case is
 * {@code NETWORK SIDE BATCH METHOD BATCH_NORM OPTIMIZER AVERAGING}.
 */
public final class PeakMemory {
    private static final int STEPS = 3;
    private static final long KIB = 1024;

    private PeakMemory() {}

    /**
     * @param atRest of the process once PyTorch has started, in bytes
     * @param peak of the process while it took steps, in bytes
     */
    public record Measured(long atRest, long peak) {
        public long ofSteps() {
            return peak - atRest;
        }
    }

    public static TrainingMemory estimate(String... oneCase) {
        TrainingOptions options = options(oneCase);
        return TrainingMemory.of(
                architecture(oneCase),
                new TrainingMemory.Step(
                        Integer.parseInt(oneCase[2]),
                        method(oneCase).views().size(),
                        options.batchNorm() == BatchNormMode.JOINT,
                        options.optimizer().buffers().size(),
                        options.averages()));
    }

    public static Measured measure(String... oneCase) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xms256m",
                "-Xmx512m",
                "-XX:+UseSerialGC",
                "-XX:+AlwaysPreTouch",
                "-Dai.djl.pytorch.num_threads=1",
                "-Dai.djl.pytorch.num_interop_threads=1",
                "-cp",
                System.getProperty("java.class.path"),
                PeakMemory.class.getName()));
        command.addAll(List.of(oneCase));
        ProcessBuilder child = new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.DISCARD);
        child.environment()
                .putAll(Map.of(
                        "MALLOC_ARENA_MAX", "1",
                        "MALLOC_TRIM_THRESHOLD_", "4294967296",
                        "MALLOC_TOP_PAD_", "67108864",
                        "MALLOC_MMAP_THRESHOLD_", "1073741824",
                        "OMP_NUM_THREADS", "1"));
        Process process = child.start();
        String last = "";
        try (var lines = process.inputReader()) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                last = line;
            }
        }
        if (process.waitFor() != 0) {
            throw new IOException("measuring " + Arrays.toString(oneCase) + " ended with " + process.exitValue());
        }
        String[] words = last.split(" ");
        return new Measured(Long.parseLong(words[0]), Long.parseLong(words[1]));
    }

    /** Prints the two numbers of {@link Measured}. */
    public static void main(String[] oneCase) throws IOException {
        NetworkArchitecture architecture = architecture(oneCase);
        TrainingOptions options = options(oneCase);
        TrainingMethod method = method(oneCase);
        int batch = Integer.parseInt(oneCase[2]);
        int side = Integer.parseInt(oneCase[1]);
        Map<String, ImageBatch> views = new LinkedHashMap<>();
        method.views().forEach(view -> views.put(view.name(), images(batch, side)));
        int[] labels = IntStream.range(0, batch).map(n -> n % 2).toArray();
        TrainingState initial =
                TrainingState.initial(architecture, Initialization.weights(architecture, new Seed(1)), options);
        try (TorchEngine engine = TorchEngine.start("cpu")) {
            engine.deviceName();
            long atRest = status("VmRSS");
            try (TrainableNetwork network = new TrainableNetwork(engine, architecture, initial, options)) {
                for (int step = 1; step <= STEPS; step++) {
                    network.step(method, views, labels, hyper(options, step));
                }
            }
            System.out.println(atRest + " " + status("VmHWM"));
        }
    }

    private static NetworkArchitecture architecture(String[] oneCase) {
        int side = Integer.parseInt(oneCase[1]);
        return NetworkArchitecture.named(oneCase[0], 1, side, side, 2);
    }

    private static TrainingMethod method(String[] oneCase) {
        return Methods.named(oneCase[3], new MethodSettings(12, 6));
    }

    private static TrainingOptions options(String[] oneCase) {
        return new TrainingOptions(
                Optimizer.named(oneCase[5]),
                BatchNormMode.named(oneCase[4]),
                List.of(),
                null,
                Double.parseDouble(oneCase[6]));
    }

    private static OptimizerStep hyper(TrainingOptions options, int number) {
        return options.optimizer() == Optimizer.SGD
                ? new SgdStep(0.01, 0.9, 5e-4, true)
                : new AdamWStep(0.001, 5e-4, number);
    }

    private static ImageBatch images(int batch, int side) {
        UniformRandomProvider generator = new Seed(2).generator();
        float[] pixels = new float[batch * side * side];
        for (int i = 0; i < pixels.length; i++) {
            pixels[i] = generator.nextFloat();
        }
        return new ImageBatch(batch, 1, side, side, pixels);
    }

    /** In bytes. */
    private static long status(String name) throws IOException {
        return Files.readAllLines(Path.of("/proc/self/status")).stream()
                .filter(line -> line.startsWith(name + ":"))
                .map(line -> Long.parseLong(line.replaceAll("\\D", "")) * KIB)
                .findFirst()
                .orElseThrow();
    }
}
