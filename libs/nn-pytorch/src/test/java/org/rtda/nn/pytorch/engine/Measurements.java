package org.rtda.nn.pytorch.engine;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.IntStream;
import org.apache.commons.rng.UniformRandomProvider;
import org.rtda.core.ImageBatch;
import org.rtda.core.Seed;
import org.rtda.core.network.Folding;
import org.rtda.core.network.Initialization;
import org.rtda.core.network.NetworkArchitecture;
import org.rtda.core.network.Parameter;
import org.rtda.core.network.SafeTensors;
import org.rtda.core.network.Weights;
import org.rtda.nn.pytorch.attack.Attack;
import org.rtda.nn.pytorch.attack.AttackObjective;
import org.rtda.nn.pytorch.attack.AttackParameters;
import org.rtda.nn.pytorch.attack.Attacks;
import org.rtda.nn.pytorch.method.MethodSettings;
import org.rtda.nn.pytorch.method.Methods;
import org.rtda.nn.pytorch.method.SgdStep;
import org.rtda.nn.pytorch.method.TrainableNetwork;
import org.rtda.nn.pytorch.method.TrainingMethod;
import org.rtda.nn.pytorch.method.TrainingState;

/**
 * What is measured rather than tested: {@code speed}, the time of each native piece of work, wall and of the engine's
 * thread (which another process's load disturbs less); {@code networks}, of each network on 1 x 28 x 28, of some on 1 x 224 x 224, the
 * trained parameters, the bytes of its weights' file and the time of a forward and backward pass to the images; {@code soak
 * STEPS}, how memory grows while a network trains and each
 * step's weights are attacked. From this module's folder, after {@code mvn test-compile}:
 *
 * <pre>
 * mvn -q dependency:build-classpath -Dmdep.outputFile=target/class-path -pl libs/nn-pytorch -am   (in the root)
 * OMP_WAIT_POLICY=PASSIVE java -Dai.djl.pytorch.num_threads=1 -cp target/classes:target/test-classes:$(cat target/class-path) \
 *     org.rtda.nn.pytorch.engine.Measurements speed
 * </pre>
 */
final class Measurements {
    private static final TrainingMethod RTDA = Methods.named("rtda", new MethodSettings(12, 6));
    private static final SgdStep HYPER = new SgdStep(0.01, 0.9, 5e-4, true);

    private final TorchEngine engine = TorchEngine.start("auto");
    private final int side;
    private final ImageBatch images;
    private final int[] labels;
    private final List<Seed> seeds;

    private Measurements(int batch, int side) {
        this.side = side;
        UniformRandomProvider generator = new Seed(2).generator();
        float[] pixels = new float[batch * side * side];
        for (int i = 0; i < pixels.length; i++) {
            pixels[i] = generator.nextFloat();
        }
        images = new ImageBatch(batch, 1, side, side, pixels);
        labels = IntStream.range(0, batch).map(n -> n % 2).toArray();
        seeds = IntStream.range(0, batch).mapToObj(Seed::new).toList();
    }

    public static void main(String[] arguments) throws IOException {
        if (arguments.length == 2 && arguments[0].equals("soak")) {
            new Measurements(32, 28).soak(Integer.parseInt(arguments[1]));
        } else if (arguments.length == 1 && arguments[0].equals("networks")) {
            List.of("resnet8", "resnet20", "resnet18").forEach(new Measurements(32, 28)::passes);
            List.of("resnet50", "wide-resnet-50-2").forEach(new Measurements(8, 28)::passes);
            List.of("resnet18", "efficientnet-lite0").forEach(new Measurements(8, 224)::passes);
        } else {
            new Measurements(64, 28).speed("resnet20");
            new Measurements(64, 28).speed("resnet8");
        }
    }

    private void speed(String name) {
        NetworkArchitecture architecture = NetworkArchitecture.named(name, 1, 28, 28, 2);
        Weights weights = Initialization.weights(architecture, new Seed(1));
        Attack attack = Attacks.of(AttackParameters.pgd("pgd-l2", AttackObjective.CROSS_ENTROPY, 0.5, 7, 0.18, true));
        try (FrozenNetwork folded = new FrozenNetwork(engine, architecture, weights);
                FrozenNetwork plain =
                        new FrozenNetwork(engine, architecture, new Folding.Folded(architecture, weights));
                TrainableNetwork network =
                        new TrainableNetwork(engine, architecture, TrainingState.initial(architecture, weights))) {
            measure(name + " logits", () -> folded.logits(images));
            measure(name + " pgd-7, folded", () -> attack.perturb(folded, images, labels, seeds));
            measure(name + " pgd-7, not folded", () -> attack.perturb(plain, images, labels, seeds));
            measure(
                    name + " rtda step",
                    () -> network.step(
                            RTDA, Map.of("clean", images, "augmix", images, "adversarial", images), labels, HYPER));
            measure(name + " weights", network::weights);
        }
    }

    private void passes(String name) {
        NetworkArchitecture architecture = NetworkArchitecture.named(name, 1, side, side, 2);
        Weights weights = Initialization.weights(architecture, new Seed(1));
        System.out.printf(
                Locale.ROOT,
                "%-28s %,d trained parameters, weights %,d bytes%n",
                name,
                architecture.trainedParameters().stream()
                        .mapToLong(Parameter::size)
                        .sum(),
                SafeTensors.encode(weights, Map.of()).length);
        try (FrozenNetwork network = new FrozenNetwork(engine, architecture, weights)) {
            measure(
                    name + " batch " + labels.length + " side " + side,
                    () -> GoldenInputs.lossGradient(network, images, labels));
        }
    }

    private void measure(String what, Runnable work) {
        int runs = 12;
        double[] wall = new double[runs];
        double[] processor = new double[runs];
        for (int i = -2; i < runs; i++) {
            long wallStart = System.nanoTime();
            long processorStart = processorNanos();
            work.run();
            if (i >= 0) {
                wall[i] = (System.nanoTime() - wallStart) / 1e6;
                processor[i] = (processorNanos() - processorStart) / 1e6;
            }
        }
        Arrays.sort(wall);
        Arrays.sort(processor);
        System.out.printf(
                Locale.ROOT,
                "%-28s wall ms: least %7.1f median %7.1f; engine thread ms: least %7.1f median %7.1f%n",
                what,
                wall[0],
                wall[runs / 2],
                processor[0],
                processor[runs / 2]);
    }

    private long processorNanos() {
        return engine.call(
                () -> java.lang.management.ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime());
    }

    private void soak(int steps) throws IOException {
        NetworkArchitecture architecture = NetworkArchitecture.named("resnet8", 1, 28, 28, 2);
        Attack attack = Attacks.of(AttackParameters.pgd("pgd-l2", AttackObjective.CROSS_ENTROPY, 0.5, 2, 0.3, true));
        Weights weights = Initialization.weights(architecture, new Seed(1));
        try (TrainableNetwork network =
                new TrainableNetwork(engine, architecture, TrainingState.initial(architecture, weights))) {
            for (int step = 0; step <= steps; step++) {
                ImageBatch adversarial;
                try (FrozenNetwork frozen = new FrozenNetwork(engine, architecture, network.weights())) {
                    adversarial = attack.perturb(frozen, images, labels, seeds).images();
                }
                network.step(
                        RTDA, Map.of("clean", images, "augmix", images, "adversarial", adversarial), labels, HYPER);
                if (step % 50 == 0) {
                    System.out.println("after " + step + " steps: " + residentMemory());
                }
            }
        }
    }

    private static String residentMemory() throws IOException {
        return Files.readAllLines(Path.of("/proc/self/status")).stream()
                .filter(line -> line.startsWith("VmRSS"))
                .findFirst()
                .orElseThrow();
    }
}
