package org.rtda.core.network;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.rtda.core.Seed;
import org.rtda.core.Tensor;

class PretrainedWeightsTest {
    private static final Seed SEED = new Seed(5);

    /** One kernel of 1 x 1, its mean over the pixels, two classes. */
    private static final NetworkArchitecture GREY = network(1);

    @Test
    void aKernelForThreeChannelsIsSummedForOne() {
        PretrainedWeights.Fitted fitted = PretrainedWeights.fit(GREY, weights(new long[] {1, 3, 1, 1}, 2), SEED);
        // 1 + 2 + 3
        assertThat(fitted.weights().get("conv.weight")).isEqualTo(new Tensor(new long[] {1, 1, 1, 1}, new float[] {6}));
        assertThat(fitted.weights().get("fc.bias").data()).containsExactly(7, 7);
        assertThat(fitted.changes())
                .containsExactly(
                        "conv.weight was of shape [1, 3, 1, 1] and is summed over its input channels for grey images");
    }

    @Test
    void eachPixelOfAKernelIsSummedByItself() {
        float[] kernel = new float[2 * 3 * 9];
        for (int i = 0; i < kernel.length; i++) {
            kernel[i] = i;
        }
        NetworkArchitecture network = NetworkArchitecture.named("efficientnet-lite0", 1, 32, 32, 2);
        Map<String, Tensor> tensors =
                new LinkedHashMap<>(Initialization.weights(network, SEED).tensors());
        float[] stem = new float[32 * 3 * 9];
        System.arraycopy(kernel, 0, stem, 0, kernel.length);
        tensors.put("_conv_stem.weight", new Tensor(new long[] {32, 3, 3, 3}, stem));
        float[] summed = PretrainedWeights.fit(network, new Weights(tensors), SEED)
                .weights()
                .get("_conv_stem.weight")
                .data();
        // of output 0: 0 + 9 + 18, 1 + 10 + 19; of output 1: 27 + 36 + 45
        assertThat(summed[0]).isEqualTo(27);
        assertThat(summed[1]).isEqualTo(30);
        assertThat(summed[9]).isEqualTo(108);
    }

    @Test
    void aClassifierForOtherClassesIsThatOfTheSeed() {
        PretrainedWeights.Fitted fitted = PretrainedWeights.fit(GREY, weights(new long[] {1, 1, 1, 1}, 1000), SEED);
        Weights fresh = Initialization.weights(GREY, SEED);
        assertThat(fitted.weights().get("conv.weight").data()).containsExactly(1);
        assertThat(fitted.weights().get("fc.weight")).isEqualTo(fresh.get("fc.weight"));
        assertThat(fitted.weights().get("fc.bias")).isEqualTo(fresh.get("fc.bias"));
        assertThat(fitted.changes())
                .containsExactly(
                        "fc.weight was of shape [1000, 1] and is initialised anew for 2 classes",
                        "fc.bias was of shape [1000] and is initialised anew for 2 classes");
    }

    @Test
    void weightsThatFitAreLeftAlone() {
        Weights given = weights(new long[] {1, 1, 1, 1}, 2);
        PretrainedWeights.Fitted fitted = PretrainedWeights.fit(GREY, given, SEED);
        assertThat(fitted.weights()).isEqualTo(given);
        assertThat(fitted.changes()).isEmpty();
    }

    @Test
    void oneChannelIsNotSpreadOverThreeNorFourSummed() {
        assertThatThrownBy(() -> PretrainedWeights.fit(network(3), weights(new long[] {1, 1, 1, 1}, 2), SEED))
                .hasMessageEndingWith(": conv.weight must have shape [1, 3, 1, 1], has [1, 1, 1, 1]");
        assertThatThrownBy(() -> PretrainedWeights.fit(GREY, weights(new long[] {1, 4, 1, 1}, 2), SEED))
                .hasMessageEndingWith(": conv.weight must have shape [1, 1, 1, 1], has [1, 4, 1, 1]");
    }

    @Test
    void aWeightAndABiasOfDifferentClassesAreNoClassifier() {
        Map<String, Tensor> tensors =
                new LinkedHashMap<>(weights(new long[] {1, 1, 1, 1}, 5).tensors());
        tensors.put("fc.bias", new Tensor(new long[] {4}, new float[4]));
        assertThatThrownBy(() -> PretrainedWeights.fit(GREY, new Weights(tensors), SEED))
                .hasMessage("not weights of network test for images of 1 x 2 x 2 and 2 classes:"
                        + " fc.weight must have shape [2, 1], has [5, 1]; fc.bias must have shape [2], has [4]");
    }

    @Test
    void shapesAloneAreJudgedAsTheWeightsAre() {
        Map<String, long[]> shapes = new LinkedHashMap<>();
        shapes.put("fc.bias", new long[] {1000});
        shapes.put("fc.weight", new long[] {1000, 1});
        shapes.put("conv.weight", new long[] {1, 3, 1, 1});
        assertThat(PretrainedWeights.differences(GREY, shapes).isEmpty()).isTrue();
        shapes.remove("conv.weight");
        shapes.put("stem.weight", new long[] {1, 3, 1, 1});
        assertThat(PretrainedWeights.differences(GREY, shapes).found())
                .isEqualTo("conv.weight[1, 1, 1, 1] is missing; stem.weight is not part of the network");
    }

    private static NetworkArchitecture network(int channels) {
        return new NetworkArchitecture(
                "test",
                channels,
                2,
                2,
                2,
                List.of(
                        new Layer.Convolution("conv", NetworkArchitecture.INPUT, channels, 1, 1, 1, 0, false),
                        new Layer.GlobalAveragePool("pool", "conv"),
                        new Layer.Linear("fc", "pool", 1, 2)));
    }

    /** A kernel of 1, 2, 3, ... and a classifier of sevens. */
    private static Weights weights(long[] kernelShape, int classes) {
        float[] kernel = new float[(int) kernelShape[1]];
        for (int i = 0; i < kernel.length; i++) {
            kernel[i] = i + 1;
        }
        float[] sevens = new float[classes];
        Arrays.fill(sevens, 7);
        Map<String, Tensor> tensors = new LinkedHashMap<>();
        tensors.put("conv.weight", new Tensor(kernelShape, kernel));
        tensors.put("fc.weight", new Tensor(new long[] {classes, 1}, sevens));
        tensors.put("fc.bias", new Tensor(new long[] {classes}, sevens));
        return new Weights(tensors);
    }
}
