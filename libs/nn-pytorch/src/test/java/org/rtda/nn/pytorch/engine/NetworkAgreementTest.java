package org.rtda.nn.pytorch.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.assertj.core.data.Percentage.withPercentage;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.rtda.core.ImageBatch;
import org.rtda.core.Seed;
import org.rtda.core.Tensor;
import org.rtda.core.network.Layer;
import org.rtda.core.network.NetworkArchitecture;
import org.rtda.core.network.Weights;
import org.rtda.nn.pytorch.attack.Attack;
import org.rtda.nn.pytorch.attack.AttackParameters;
import org.rtda.nn.pytorch.attack.Attacks;
import org.rtda.nn.pytorch.attack.Norm;
import org.rtda.nn.pytorch.method.MethodSettings;
import org.rtda.nn.pytorch.method.Methods;
import org.rtda.nn.pytorch.method.SgdStep;
import org.rtda.nn.pytorch.method.TrainableNetwork;
import org.rtda.nn.pytorch.method.TrainingState;

/**
 * The same weights and images through torchvision's networks, and efficientnet_lite_pytorch's, in double precision; see {@code
 * make_network_golden.py} and {@code make_efficientnet_golden.py}.
 */
class NetworkAgreementTest {
    private static final Weights GOLDEN = golden();
    private static final int[] LABELS = {0, 1};
    private static final int CLASSES = 3;
    private static final int GRADIENT_STRIDE = 37;

    private final TorchEngine engine = TorchEngine.start("cpu");

    @ParameterizedTest
    @CsvSource({
        "resnet18, 1, 32",
        "resnet18, 3, 96",
        "resnet50, 1, 32",
        "resnet50, 3, 96",
        "wide-resnet-50-2, 1, 32",
        "wide-resnet-50-2, 3, 96",
        "efficientnet-lite0, 1, 32",
        "efficientnet-lite0, 3, 33",
        "efficientnet-lite0, 3, 48"
    })
    void logitsAndTheGradientOfTheImagesAgree(String name, int channels, int side) {
        NetworkArchitecture architecture = NetworkArchitecture.named(name, channels, side, side, CLASSES);
        String prefix = name + "-" + channels + "x" + side + ".";
        double phase = GOLDEN.get(prefix + "phase").data()[0];
        ImageBatch images = GoldenInputs.images(phase, LABELS.length, channels, side);
        try (FrozenNetwork network = new FrozenNetwork(engine, architecture, GoldenInputs.weights(architecture))) {
            float[] logits = joined(network.logits(images));
            assertThat(GoldenInputs.relativeError(
                            logits, GOLDEN.get(prefix + "logits").data()))
                    .isLessThan(1e-5);

            float[] gradient = GoldenInputs.lossGradient(network, images, LABELS);
            assertThat(GoldenInputs.relativeError(
                            everyStride(gradient),
                            GOLDEN.get(prefix + "gradient").data()))
                    .isLessThan(1e-5);
            assertThat(norm(gradient) / GOLDEN.get(prefix + "gradient-norm").data()[0])
                    .isCloseTo(1, within(1e-5));
        }
    }

    /** Batches large enough for wide convolutions to go by Winograd's algorithm. */
    @ParameterizedTest
    @ValueSource(strings = {"resnet18", "resnet50", "wide-resnet-50-2", "efficientnet-lite0"})
    void imagesOfALargeBatchAgree(String name) {
        int side = 32;
        int copies = 8;
        NetworkArchitecture architecture = NetworkArchitecture.named(name, 1, side, side, CLASSES);
        String prefix = name + "-1x32.";
        ImageBatch pair = GoldenInputs.images(GOLDEN.get(prefix + "phase").data()[0], LABELS.length, 1, side);
        float[] pixels = new float[copies * pair.pixels().length];
        int[] labels = new int[copies * LABELS.length];
        for (int copy = 0; copy < copies; copy++) {
            System.arraycopy(pair.pixels(), 0, pixels, copy * pair.pixels().length, pair.pixels().length);
            System.arraycopy(LABELS, 0, labels, copy * LABELS.length, LABELS.length);
        }
        ImageBatch images = new ImageBatch(labels.length, 1, side, side, pixels);
        try (FrozenNetwork network = new FrozenNetwork(engine, architecture, GoldenInputs.weights(architecture))) {
            float[] logits = joined(network.logits(images));
            float[] gradient = GoldenInputs.lossGradient(network, images, labels);
            for (int copy = 0; copy < copies; copy++) {
                assertThat(GoldenInputs.relativeError(
                                part(logits, copy, copies),
                                GOLDEN.get(prefix + "logits").data()))
                        .isLessThan(1e-5);
                assertThat(GoldenInputs.relativeError(
                                everyStride(part(gradient, copy, copies)),
                                GOLDEN.get(prefix + "gradient").data()))
                        .isLessThan(1e-5);
            }
        }
    }

    /**
     * One step of SGD, against efficientnet_lite_pytorch in double precision. Running statistics are exact; through the gradient some of
     * half a million activations are so close to a kink that rounding decides, which moves a change by half a percent of the tensor's
     * largest at most ({@code make_efficientnet_golden.py}).
     */
    @Test
    void aTrainingStepOfEfficientnetLite0Agrees() {
        int[] labels = {0, 1, 2, 0};
        int side = 48;
        Weights golden = GoldenInputs.golden("efficientnet-step.safetensors");
        NetworkArchitecture architecture = NetworkArchitecture.named("efficientnet-lite0", 1, side, side, CLASSES);
        ImageBatch images = GoldenInputs.images(golden.get("phase").data()[0], labels.length, 1, side);
        Weights before = GoldenInputs.weights(architecture);
        try (TrainableNetwork network =
                new TrainableNetwork(engine, architecture, TrainingState.initial(architecture, before))) {
            double loss = network.step(
                            Methods.named("erm", new MethodSettings(0, 6)),
                            Map.of("clean", images),
                            labels,
                            new SgdStep(0.01, 0.9, 5e-4, true))
                    .loss();
            Weights after = network.weights();

            assertThat(loss).isCloseTo(golden.get("loss").data()[0], withPercentage(0.01));
            for (String tensor : golden.tensors().keySet()) {
                if (!List.of("phase", "loss").contains(tensor)) {
                    float[] expected = golden.get(tensor).data();
                    float[] change =
                            change(before.get(tensor).data(), after.get(tensor).data());
                    assertThat(GoldenInputs.relativeError(
                                    expected.length == change.length ? change : everyStride(change), expected))
                            .as("change of %s", tensor)
                            .isLessThan(tensor.contains("running") ? 1e-5 : 1e-2);
                }
            }
        }
    }

    private static float[] change(float[] before, float[] after) {
        float[] change = new float[before.length];
        for (int i = 0; i < change.length; i++) {
            change[i] = after[i] - before[i];
        }
        return change;
    }

    /**
     * Batch norm is frozen in an attack, so an image does not feel its neighbours: here through depthwise convolutions. What is added
     * to the pixels agrees up to what rounding does at kinks.
     */
    @Test
    void anAttackOnABatchIsTheAttackOnItsHalvesForEfficientnetLite0() {
        int side = 32;
        NetworkArchitecture architecture = NetworkArchitecture.named("efficientnet-lite0", 1, side, side, CLASSES);
        ImageBatch images =
                GoldenInputs.images(GOLDEN.get("efficientnet-lite0-1x32.phase").data()[0], LABELS.length, 1, side);
        List<Seed> seeds = List.of(new Seed(1), new Seed(2));
        Attack attack = Attacks.of(AttackParameters.builder()
                .name("pgd-l2")
                .norm(Norm.L2)
                .epsilon(0.5)
                .steps(3)
                .stepSize(0.25)
                .randomStart(true)
                .build());
        try (FrozenNetwork network = new FrozenNetwork(engine, architecture, GoldenInputs.weights(architecture))) {
            ImageBatch whole = attack.perturb(network, images, LABELS, seeds).images();
            for (int n = 0; n < LABELS.length; n++) {
                ImageBatch one = images.slice(n, n + 1);
                ImageBatch alone = attack.perturb(network, one, new int[] {LABELS[n]}, List.of(seeds.get(n)))
                        .images();
                float[] added = change(one.pixels(), alone.pixels());
                assertThat(GoldenInputs.relativeError(
                                change(one.pixels(), whole.slice(n, n + 1).pixels()), added))
                        .as("image %d", n)
                        .isLessThan(1e-2);
                assertThat(norm(added)).isCloseTo(0.5, within(0.01));
            }
        }
    }

    private static Weights golden() {
        Map<String, Tensor> all =
                new LinkedHashMap<>(GoldenInputs.golden("networks.safetensors").tensors());
        all.putAll(GoldenInputs.golden("efficientnet.safetensors").tensors());
        return new Weights(all);
    }

    private static float[] part(float[] values, int number, int parts) {
        int size = values.length / parts;
        return Arrays.copyOfRange(values, number * size, (number + 1) * size);
    }

    @Test
    void paddingIsNeverTheLargestOfAWindowAndTheGradientGoesToTheLargest() {
        NetworkArchitecture architecture = new NetworkArchitecture(
                "test",
                1,
                3,
                3,
                2,
                List.of(
                        new Layer.Normalization("norm", NetworkArchitecture.INPUT, List.of(1f), List.of(1f)),
                        new Layer.MaxPool("maxpool", "norm", 3, 2, 1),
                        new Layer.GlobalAveragePool("pool", "maxpool"),
                        new Layer.Linear("fc", "pool", 1, 2)));
        Map<String, Tensor> tensors = new LinkedHashMap<>();
        tensors.put("fc.weight", new Tensor(new long[] {2, 1}, new float[] {0, 4}));
        tensors.put("fc.bias", new Tensor(new long[] {2}, new float[] {-1.2f, 0}));
        ImageBatch images =
                new ImageBatch(1, 1, 3, 3, new float[] {0.1f, 0.2f, 0.3f, 0.4f, 0.5f, 0.6f, 0.7f, 0.8f, 0.9f});
        // normalised -0.9 to -0.1; largest of the four windows -0.5 -0.4 -0.2 -0.1, mean -0.3, times 4; zeros would
        // give 0.
        // Both classes are equally likely, so the loss of class 0 grows by 1/2 a unit of the second logit, which is the
        // sum
        // of the four largest values.
        try (FrozenNetwork network = new FrozenNetwork(engine, architecture, new Weights(tensors))) {
            assertThat(network.logits(images)[0])
                    .usingComparatorWithPrecision(1e-5f)
                    .containsExactly(-1.2f, -1.2f);
            assertThat(GoldenInputs.lossGradient(network, images, new int[] {0}))
                    .usingComparatorWithPrecision(1e-5f)
                    .containsExactly(0, 0, 0, 0, 0.5f, 0.5f, 0, 0.5f, 0.5f);
        }
    }

    private static float[] joined(float[][] rows) {
        float[] all = new float[rows.length * CLASSES];
        for (int n = 0; n < rows.length; n++) {
            System.arraycopy(rows[n], 0, all, n * CLASSES, CLASSES);
        }
        return all;
    }

    private static float[] everyStride(float[] values) {
        float[] some = new float[(values.length + GRADIENT_STRIDE - 1) / GRADIENT_STRIDE];
        for (int i = 0; i < some.length; i++) {
            some[i] = values[i * GRADIENT_STRIDE];
        }
        return some;
    }

    private static double norm(float[] values) {
        double squares = 0;
        for (float value : values) {
            squares += (double) value * value;
        }
        return Math.sqrt(squares);
    }
}
