package org.rtda.nn.pytorch.engine;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.IntStream;
import org.apache.commons.rng.UniformRandomProvider;
import org.rtda.core.ImageBatch;
import org.rtda.core.Seed;
import org.rtda.core.network.Initialization;
import org.rtda.core.network.NetworkArchitecture;
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
 * The other side of the scripts in infra/benchmarks/rivals, with their protocol: after {@code ready}, each line {@code go}
 * on the standard input is answered by the milliseconds of one unit of work. Arguments: {@code step} or {@code attack}, the
 * network, the images' side in pixels, the batch, the steps of PGD, the units of work before {@code ready}. Threads: the system property of {@link TorchEngine}.
 */
final class TimedWork {
    private static final double EPSILON = 0.5;
    private static final TrainingMethod RTDA = Methods.named("rtda", new MethodSettings(12, 6));
    private static final SgdStep HYPER = new SgdStep(0.01, 0.9, 5e-4, true);

    private TimedWork() {}

    public static void main(String[] arguments) throws IOException {
        String unit = arguments[0];
        int side = Integer.parseInt(arguments[2]);
        int batch = Integer.parseInt(arguments[3]);
        int steps = Integer.parseInt(arguments[4]);
        int warmUp = Integer.parseInt(arguments[5]);
        TorchEngine engine = TorchEngine.start("cpu");
        NetworkArchitecture architecture = NetworkArchitecture.named(arguments[1], 1, side, side, 2);
        Weights weights = Initialization.weights(architecture, new Seed(1));
        ImageBatch clean = images(batch, side, 2);
        ImageBatch augmix = images(batch, side, 3);
        int[] labels = IntStream.range(0, batch).map(n -> n % 2).toArray();
        List<Seed> seeds = IntStream.range(0, batch).mapToObj(Seed::new).toList();
        Attack attack = Attacks.of(AttackParameters.pgd(
                "pgd-l2", AttackObjective.CROSS_ENTROPY, EPSILON, steps, 2.5 * EPSILON / steps, true));
        if (unit.equals("attack")) {
            FrozenNetwork network = new FrozenNetwork(engine, architecture, weights);
            take(warmUp, () -> attack.perturb(network, clean, labels, seeds));
        } else {
            TrainableNetwork network =
                    new TrainableNetwork(engine, architecture, TrainingState.initial(architecture, weights));
            take(warmUp, () -> {
                ImageBatch adversarial;
                try (FrozenNetwork frozen = new FrozenNetwork(engine, architecture, network.attackedWeights())) {
                    adversarial = attack.perturb(frozen, clean, labels, seeds).images();
                }
                network.step(RTDA, Map.of("clean", clean, "augmix", augmix, "adversarial", adversarial), labels, HYPER);
            });
        }
    }

    private static ImageBatch images(int batch, int side, long seed) {
        UniformRandomProvider generator = new Seed(seed).generator();
        float[] pixels = new float[batch * side * side];
        for (int i = 0; i < pixels.length; i++) {
            pixels[i] = generator.nextFloat();
        }
        return new ImageBatch(batch, 1, side, side, pixels);
    }

    private static void take(int warmUp, Runnable unit) throws IOException {
        for (int i = 0; i < warmUp; i++) {
            unit.run();
        }
        System.out.println("ready");
        BufferedReader turns = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
        while (turns.readLine() != null) {
            long start = System.nanoTime();
            unit.run();
            System.out.printf(Locale.ROOT, "%.3f%n", (System.nanoTime() - start) / 1e6);
        }
    }
}
