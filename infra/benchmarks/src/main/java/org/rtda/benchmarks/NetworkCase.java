package org.rtda.benchmarks;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.commons.rng.UniformRandomProvider;
import org.rtda.contracts.settings.AttackSettings;
import org.rtda.core.ImageBatch;
import org.rtda.core.Seed;
import org.rtda.core.network.Initialization;
import org.rtda.core.network.NetworkArchitecture;
import org.rtda.core.network.Weights;
import org.rtda.nn.pytorch.attack.AttackObjective;
import org.rtda.nn.pytorch.attack.AttackParameters;

/**
 * A network with random weights and a batch of grey noise, the same for both sides of a comparison.
 *
 * @param side of the images, in pixels
 */
record NetworkCase(String network, int side, int batch) {
    /** By name, for example {@code resnet20-28}; rising in cost. */
    private static final List<NetworkCase> ALL = List.of(
            new NetworkCase("resnet20", 28, 128),
            new NetworkCase("resnet18", 28, 128),
            new NetworkCase("resnet20", 64, 128),
            new NetworkCase("resnet18", 64, 128));

    /** The size of the paper. A step takes minutes on a CPU, so there these are measured only where they are named. */
    private static final List<NetworkCase> LARGE =
            List.of(new NetworkCase("resnet50", 224, 128), new NetworkCase("wide-resnet-50-2", 224, 128));

    private static final int QUICK_BATCH = 32;

    /** Those that the setting asks for, or all for its device; of a quarter of the batch where it shall be quick. */
    static List<NetworkCase> chosen(Setting setting) {
        List<NetworkCase> forDevice = setting.device().equals("gpu") ? LARGE : ALL;
        return Stream.concat(ALL.stream(), LARGE.stream())
                .filter(each -> setting.cases().isEmpty() ? forDevice.contains(each) : setting.wants(each.name()))
                .map(each -> setting.quick() ? new NetworkCase(each.network, each.side, QUICK_BATCH) : each)
                .toList();
    }

    String name() {
        return network + "-" + side;
    }

    @Override
    public String toString() {
        return network + ", " + side + " pixels, batch " + batch;
    }

    NetworkArchitecture architecture() {
        return NetworkArchitecture.named(network, 1, side, side, 2);
    }

    Weights weights() {
        return Initialization.weights(architecture(), new Seed(1));
    }

    /** Noise in [0,1]. */
    ImageBatch images(long seed) {
        UniformRandomProvider random = new Seed(seed).generator();
        float[] pixels = new float[batch * side * side];
        for (int i = 0; i < pixels.length; i++) {
            pixels[i] = random.nextFloat();
        }
        return new ImageBatch(batch, 1, side, side, pixels);
    }

    /** Both classes by turns. */
    int[] labels() {
        return IntStream.range(0, batch).map(n -> n % 2).toArray();
    }

    List<Seed> seeds() {
        return IntStream.range(0, batch).mapToObj(n -> new Seed(2).forIndex(n)).toList();
    }

    /** The reference's L2 radius of 1 on 3 x 32 x 32, at this size. */
    double epsilon() {
        return AttackSettings.referenceEpsilon(1, "l2", 1, side, side);
    }

    AttackParameters pgd(int steps) {
        return AttackParameters.pgd(
                "pgd-l2", AttackObjective.CROSS_ENTROPY, epsilon(), steps, 2.5 * epsilon() / steps, true);
    }

    /** The arguments of a rival; see rivals/rival.py. */
    List<String> arguments(Setting setting, int attackSteps) {
        List<String> arguments = new ArrayList<>();
        Map.of(
                        "--network", network,
                        "--side", Integer.toString(side),
                        "--batch", Integer.toString(batch),
                        "--threads", Integer.toString(setting.threads()),
                        "--steps", Integer.toString(attackSteps),
                        "--epsilon", Double.toString(epsilon()),
                        "--warm-up", "1",
                        "--device", setting.device())
                .forEach((option, value) -> arguments.addAll(List.of(option, value)));
        return arguments;
    }

    static double milliseconds(Runnable work) {
        long start = System.nanoTime();
        work.run();
        return (System.nanoTime() - start) / 1e6;
    }
}
