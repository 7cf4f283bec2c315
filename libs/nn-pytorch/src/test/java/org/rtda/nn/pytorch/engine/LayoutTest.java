package org.rtda.nn.pytorch.engine;

import static org.assertj.core.api.Assertions.assertThat;

import ai.djl.ndarray.NDManager;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.rtda.core.ImageBatch;
import org.rtda.core.Tensor;
import org.rtda.core.network.Layer;
import org.rtda.core.network.NetworkArchitecture;
import org.rtda.core.network.Weights;

class LayoutTest {
    private static final int WIDTH = 512;

    private final TorchEngine engine = TorchEngine.start("cpu");

    @Test
    void weightsComeBackAsTheyWentIn() {
        Weights weights = new Weights(
                Map.of("small", counting(2, 3, 5, 7), "large", counting(WIDTH, WIDTH, 3, 3), "matrix", counting(4, 6)));
        Weights back = engine.call(() -> {
            try (NDManager manager = engine.newManager()) {
                return NativeWeights.read(NativeWeights.load(engine, manager, weights));
            }
        });
        assertThat(back.tensors()).isEqualTo(weights.tensors());
    }

    @Test
    void aLargeConvolutionReadsWhatASmallOneWrote() {
        NetworkArchitecture architecture = new NetworkArchitecture(
                "test",
                1,
                2,
                2,
                2,
                List.of(
                        new Layer.Convolution("small", NetworkArchitecture.INPUT, 1, WIDTH, 1, 1, 0, false),
                        new Layer.Convolution("large", "small", WIDTH, WIDTH, 3, 1, 1, false),
                        new Layer.GlobalAveragePool("pool", "large"),
                        new Layer.Linear("fc", "pool", WIDTH, 2)));
        float[] small = new float[WIDTH];
        float[] large = new float[WIDTH * WIDTH * 9];
        for (int c = 0; c < WIDTH; c++) {
            small[c] = c;
            int from = WIDTH - 1 - c;
            int rightOfTheMiddle = 5;
            large[(c * WIDTH + from) * 9 + rightOfTheMiddle] = 1;
        }
        float[] chosen = new float[2 * WIDTH];
        chosen[0] = 1;
        chosen[WIDTH + 510] = 1;
        Map<String, Tensor> tensors = new LinkedHashMap<>();
        tensors.put("small.weight", new Tensor(new long[] {WIDTH, 1, 1, 1}, small));
        tensors.put("large.weight", new Tensor(new long[] {WIDTH, WIDTH, 3, 3}, large));
        tensors.put("fc.weight", new Tensor(new long[] {2, WIDTH}, chosen));
        tensors.put("fc.bias", new Tensor(new long[] {2}, new float[2]));
        ImageBatch image = new ImageBatch(1, 1, 2, 2, new float[] {0.1f, 0.2f, 0.3f, 0.4f});

        // first, channel c is c times the image; then it is channel 511 - c, one pixel from the right, zero at the
        // edge:
        // its mean is (511 - c) (0.2 + 0.4) / 4
        try (FrozenNetwork network = new FrozenNetwork(engine, architecture, new Weights(tensors))) {
            assertThat(network.logits(image)[0])
                    .usingComparatorWithPrecision(1e-4f)
                    .containsExactly(511 * 0.15f, 0.15f);
            // class 0 is as good as certain, so the loss of class 1 grows by the logits' difference: (511 - 1) / 4
            assertThat(GoldenInputs.lossGradient(network, image, new int[] {1}))
                    .usingComparatorWithPrecision(1e-3f)
                    .containsExactly(0, 127.5f, 0, 127.5f);
        }
    }

    private static Tensor counting(long... shape) {
        int size = 1;
        for (long side : shape) {
            size *= (int) side;
        }
        float[] values = new float[size];
        for (int i = 0; i < size; i++) {
            values[i] = i;
        }
        return new Tensor(shape, values);
    }
}
