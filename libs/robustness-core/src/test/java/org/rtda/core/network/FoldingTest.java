package org.rtda.core.network;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.rtda.core.Seed;
import org.rtda.core.Tensor;

class FoldingTest {

    @Test
    void aFoldedConvolutionDoesWhatBothDidInTurn() {
        NetworkArchitecture network = new NetworkArchitecture(
                "test",
                1,
                1,
                1,
                2,
                List.of(
                        new Layer.Convolution("conv", NetworkArchitecture.INPUT, 1, 2, 1, 1, 0, false),
                        new Layer.BatchNormalization("bn", "conv", 2),
                        new Layer.Relu("relu", "bn")));
        Map<String, Tensor> tensors = new LinkedHashMap<>();
        tensors.put("conv.weight", new Tensor(new long[] {2, 1, 1, 1}, new float[] {3, 5}));
        tensors.put("bn.weight", vector(2, 1));
        tensors.put("bn.bias", vector(10, 0));
        tensors.put("bn.running_mean", vector(1, 0));
        tensors.put("bn.running_var", vector(4 - 1e-5f, 1 - 1e-5f));

        Folding.Folded folded = Folding.batchNormalization(network, new Weights(tensors));

        // channel 0: (3x - 1) * 2 / 2 + 10 = 3x + 9; channel 1: 5x
        assertThat(folded.weights().get("conv.weight").data())
                .usingComparatorWithPrecision(1e-6f)
                .containsExactly(3, 5);
        assertThat(folded.weights().get("conv.bias").data())
                .usingComparatorWithPrecision(1e-5f)
                .containsExactly(9, 0);
        assertThat(folded.architecture().layers())
                .containsExactly(
                        new Layer.Convolution("conv", NetworkArchitecture.INPUT, 1, 2, 1, 1, 0, true),
                        new Layer.Relu("relu", "conv"));
    }

    @Test
    void everyBatchNormalisationOfTheKnownNetworksIsFolded() {
        for (String name : NetworkArchitecture.names()) {
            NetworkArchitecture network = NetworkArchitecture.named(name, 1, 32, 32, 2);
            Folding.Folded folded = Folding.batchNormalization(network, Initialization.weights(network, new Seed(1)));
            assertThat(folded.architecture().layers()).noneMatch(Layer.BatchNormalization.class::isInstance);
            folded.architecture().requireFits(folded.weights());
        }
    }

    @Test
    void inABottleneckTheProjectionIsFoldedAsTheThreeConvolutionsAre() {
        NetworkArchitecture network = NetworkArchitecture.named("resnet50", 3, 96, 96, 2);
        Weights weights = Initialization.weights(network, new Seed(1));

        Folding.Folded folded = Folding.batchNormalization(network, weights);

        assertThat(folded.architecture().layers())
                .contains(
                        new Layer.Convolution("conv1", "normalize", 3, 64, 7, 2, 3, true),
                        new Layer.MaxPool("maxpool", "relu1", 3, 2, 1),
                        new Layer.Convolution("layer1.0.conv1", "maxpool", 64, 64, 1, 1, 0, true),
                        new Layer.Convolution("layer1.0.conv2", "layer1.0.relu1", 64, 64, 3, 1, 1, true),
                        new Layer.Convolution("layer1.0.conv3", "layer1.0.relu2", 64, 256, 1, 1, 0, true),
                        new Layer.Convolution("layer1.0.downsample.0", "maxpool", 64, 256, 1, 1, 0, true),
                        new Layer.Add("layer1.0.add", "layer1.0.conv3", "layer1.0.downsample.0"));
        // batch normalisation at its start only divides by sqrt(1 + 1e-5)
        float[] before = weights.get("layer1.0.downsample.0.weight").data();
        float[] after = folded.weights().get("layer1.0.downsample.0.weight").data();
        assertThat(after[7]).isEqualTo((float) (before[7] / Math.sqrt(1 + 1e-5)));
    }

    @Test
    void aDepthwiseConvolutionIsFoldedChannelByChannelWithItsEpsilonPaddingAndGroups() {
        Padding padding = new Padding(0, 0, 1, 1);
        NetworkArchitecture network = new NetworkArchitecture(
                "test",
                2,
                1,
                1,
                2,
                List.of(
                        new Layer.Convolution("conv", NetworkArchitecture.INPUT, 2, 2, 2, 1, padding, false, 2),
                        new Layer.BatchNormalization("bn", "conv", 2, 0.25),
                        new Layer.Relu6("relu", "bn")));
        Map<String, Tensor> tensors = new LinkedHashMap<>();
        tensors.put("conv.weight", new Tensor(new long[] {2, 1, 2, 2}, new float[] {1, 2, 3, 4, 5, 6, 7, 8}));
        tensors.put("bn.weight", vector(2, 3));
        tensors.put("bn.bias", vector(10, 0));
        tensors.put("bn.running_mean", vector(1, 2));
        tensors.put("bn.running_var", vector(0.75f, 2));

        Folding.Folded folded = Folding.batchNormalization(network, new Weights(tensors));

        // scales 2 / sqrt(0.75 + 0.25) = 2 and 3 / sqrt(2 + 0.25) = 2; biases 10 - 1 * 2 and 0 - 2 * 2
        assertThat(folded.weights().get("conv.weight").data()).containsExactly(2, 4, 6, 8, 10, 12, 14, 16);
        assertThat(folded.weights().get("conv.bias").data()).containsExactly(8, -4);
        assertThat(folded.architecture().layers())
                .containsExactly(
                        new Layer.Convolution("conv", NetworkArchitecture.INPUT, 2, 2, 2, 1, padding, true, 2),
                        new Layer.Relu6("relu", "conv"));
    }

    @Test
    void aNormalisationOfAValueThatOthersReadStays() {
        NetworkArchitecture network = new NetworkArchitecture(
                "test",
                1,
                1,
                1,
                2,
                List.of(
                        new Layer.Convolution("conv", NetworkArchitecture.INPUT, 1, 2, 1, 1, 0, false),
                        new Layer.BatchNormalization("bn", "conv", 2),
                        new Layer.Add("add", "bn", "conv")));
        Weights weights = Initialization.weights(network, new Seed(1));
        Folding.Folded folded = Folding.batchNormalization(network, weights);
        assertThat(folded.architecture().layers()).isEqualTo(network.layers());
        assertThat(folded.weights()).isEqualTo(weights);
    }

    private static Tensor vector(float... values) {
        return new Tensor(new long[] {values.length}, values);
    }
}
