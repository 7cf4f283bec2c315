package org.rtda.nn.pytorch.engine;

import static org.assertj.core.api.Assertions.assertThat;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.training.GradientCollector;
import java.util.Arrays;
import java.util.Map;
import java.util.Set;
import org.apache.commons.rng.UniformRandomProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.rtda.core.ImageBatch;
import org.rtda.core.Seed;
import org.rtda.core.network.Folding;
import org.rtda.core.network.Initialization;
import org.rtda.core.network.Layer;
import org.rtda.core.network.NetworkArchitecture;

class WinogradConvolutionsTest {
    private static final int WIDTH = 512;
    private static final Layer.Convolution WIDE = new Layer.Convolution("wide", "narrow", WIDTH, WIDTH, 3, 1, 1, true);

    private final TorchEngine engine = TorchEngine.start("cpu");
    private final UniformRandomProvider random = new Seed(1).generator();

    /** Whole tiles, and sides that leave one, two and three pixels of the last tile; at least 16 tiles. */
    @ParameterizedTest
    @CsvSource({"16, 4, 4", "16, 3, 3", "8, 8, 4", "4, 7, 6", "2, 9, 12"})
    void resultsAndGradientsAreThoseOfTheDefinition(int images, int height, int width) {
        float[] weight = noise(WIDTH * WIDTH * 9, (float) (1 / Math.sqrt(WIDTH * 9)));
        float[] bias = noise(WIDTH, 1);
        float[] input = noise(images * WIDTH * height * width, 1);
        float[] slope = noise(input.length, 1);
        engine.run(() -> {
            try (NDManager manager = engine.newManager()) {
                WinogradConvolutions convolutions = new WinogradConvolutions(
                        engine,
                        manager,
                        Map.of(
                                "wide.weight", engine.load(manager, weight, new long[] {WIDTH, WIDTH, 3, 3}),
                                "wide.bias", engine.load(manager, bias, new long[] {WIDTH})));
                long[] shape = {images, WIDTH, height, width};
                NDManager call = manager.newSubManager();
                NDArray pixels = engine.load(call, input, shape);
                pixels.setRequiresGradient(true);
                try (GradientCollector collector = engine.engine().newGradientCollector()) {
                    NDArray result = convolutions.apply(WIDE, pixels);
                    assertThat(convolutions.transformed()).containsExactly("wide.weight");
                    assertThat(result.getShape().getShape()).isEqualTo(shape);
                    assertThat(result.getManager())
                            .as("what the result is released with")
                            .isSameAs(call);
                    assertThat(GoldenInputs.relativeError(
                                    result.toFloatArray(), convolved(input, weight, bias, height, width)))
                            .isLessThan(1e-5);
                    collector.backward(
                            result.mul(engine.load(manager, slope, shape)).sum());
                }
                // what a pixel adds to its neighbours' results comes back from them: the kernels turned half round
                assertThat(GoldenInputs.relativeError(
                                pixels.getGradient().toFloatArray(),
                                convolved(slope, turned(weight), new float[WIDTH], height, width)))
                        .isLessThan(1e-5);
            }
            return null;
        });
    }

    @Test
    void takesTheWideThreeByThreeConvolutionsOfStrideOneOfManyFullTiles() {
        // 4 x 4 pixels, a tile an image; the first convolution there has stride 2, the shortcut's has one pixel
        assertThat(transformed("resnet18", 28, 16))
                .containsExactlyInAnyOrder("layer4.0.conv2.weight", "layer4.1.conv1.weight", "layer4.1.conv2.weight");
        assertThat(transformed("resnet18", 28, 15)).isEmpty();
        // 5 x 5 pixels need four tiles
        assertThat(transformed("resnet18", 36, 16)).isEmpty();
        assertThat(transformed("resnet20", 28, 16)).isEmpty();
    }

    /** After a pass of so many images. */
    private Set<String> transformed(String name, int side, int images) {
        NetworkArchitecture architecture = NetworkArchitecture.named(name, 1, side, side, 2);
        Folding.Folded folded =
                Folding.batchNormalization(architecture, Initialization.weights(architecture, new Seed(1)));
        return engine.call(() -> {
            try (NDManager manager = engine.newManager()) {
                Map<String, NDArray> parameters = NativeWeights.load(engine, manager, folded.weights());
                WinogradConvolutions convolutions = new WinogradConvolutions(engine, manager, parameters);
                float[] pixels = noise(images * side * side, 1);
                new NetworkLayers(folded.architecture(), parameters, convolutions, false)
                        .logits(engine.load(manager, pixels, new long[] {images, 1, side, side}));
                Set<String> transformed = convolutions.transformed();
                convolutions.rest();
                assertThat(convolutions.transformed()).isEmpty();
                return transformed;
            }
        });
    }

    @Test
    void aRestedNetworkGivesTheSameLogits() {
        NetworkArchitecture architecture = NetworkArchitecture.named("resnet18", 1, 28, 28, 2);
        ImageBatch images = new ImageBatch(16, 1, 28, 28, noiseInUnit(16 * 784));
        try (FrozenNetwork network =
                new FrozenNetwork(engine, architecture, Initialization.weights(architecture, new Seed(1)))) {
            float[][] before = network.logits(images);
            network.rest();
            assertThat(network.logits(images)).isDeepEqualTo(before);
        }
    }

    private float[] noiseInUnit(int count) {
        float[] values = noise(count, 0.5f);
        for (int i = 0; i < count; i++) {
            values[i] += 0.5f;
        }
        return values;
    }

    private float[] noise(int count, float scale) {
        float[] values = new float[count];
        for (int i = 0; i < count; i++) {
            values[i] = scale * (2 * random.nextFloat() - 1);
        }
        return values;
    }

    /** Of {@code WIDTH} channels to as many, in double precision, by the sum that defines it. */
    private static float[] convolved(float[] input, float[] weight, float[] bias, int height, int width) {
        int pixels = height * width;
        float[] result = new float[input.length];
        double[] sums = new double[pixels];
        for (int image = 0; image < input.length / WIDTH / pixels; image++) {
            for (int out = 0; out < WIDTH; out++) {
                Arrays.fill(sums, bias[out]);
                for (int in = 0; in < WIDTH; in++) {
                    add(input, (image * WIDTH + in) * pixels, weight, (out * WIDTH + in) * 9, sums, width);
                }
                for (int i = 0; i < pixels; i++) {
                    result[(image * WIDTH + out) * pixels + i] = (float) sums[i];
                }
            }
        }
        return result;
    }

    private static void add(float[] input, int inputAt, float[] weight, int weightAt, double[] sums, int width) {
        int height = sums.length / width;
        for (int y = 0; y < height; y++) {
            for (int x = 0; x < width; x++) {
                for (int k = 0; k < 9; k++) {
                    int row = y + k / 3 - 1;
                    int column = x + k % 3 - 1;
                    if (row >= 0 && row < height && column >= 0 && column < width) {
                        sums[y * width + x] += (double) input[inputAt + row * width + column] * weight[weightAt + k];
                    }
                }
            }
        }
    }

    private static float[] turned(float[] weight) {
        float[] turned = new float[weight.length];
        for (int out = 0; out < WIDTH; out++) {
            for (int in = 0; in < WIDTH; in++) {
                for (int k = 0; k < 9; k++) {
                    turned[(in * WIDTH + out) * 9 + 8 - k] = weight[(out * WIDTH + in) * 9 + k];
                }
            }
        }
        return turned;
    }
}
