package org.rtda.core.network;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.rtda.core.ImageBatch;
import org.rtda.core.Seed;

class NetworkArchitectureTest {

    @Test
    void resnet20HasTheParametersOfThePaperAndTwoProjections() {
        // He et al. count 0.27 M with parameter-free shortcuts, for 3 channels and 10 classes: 269,722 with batch norm.
        // The projections add 16*32 + 32*64 weights and 2*32 + 2*64 of batch norm: 272,474.
        NetworkArchitecture network = NetworkArchitecture.named("resnet20", 3, 32, 32, 10);
        assertThat(trained(network)).isEqualTo(272_474);
    }

    @Test
    void resnet8HasOneBlockAStage() {
        // stem 144+32; 2*2304+64; (4608+9216+512)+192; (18432+36864+2048)+384; linear 64*2+2
        NetworkArchitecture network = NetworkArchitecture.named("resnet8", 1, 28, 28, 2);
        assertThat(trained(network)).isEqualTo(176 + 4_672 + 14_528 + 57_728 + 130);
        assertThat(network.parameters()).hasSize(9 + 9 * 4 + 2);
    }

    @Test
    void namesOfParametersAreThoseOfPyTorch() {
        assertThat(NetworkArchitecture.named("resnet8", 1, 28, 28, 2).parameters())
                .extracting(Parameter::name)
                .startsWith("conv1.weight", "bn1.weight", "bn1.bias", "bn1.running_mean", "bn1.running_var")
                .contains("layer2.0.shortcut.0.weight", "layer2.0.shortcut.1.running_var")
                .endsWith("fc.weight", "fc.bias");
    }

    @Test
    void theFirstLayerNormalisesSoThatImagesStayInPixelSpace() {
        assertThat(NetworkArchitecture.names()).allSatisfy(name -> {
            Layer first = NetworkArchitecture.named(name, 3, 28, 28, 2).layers().get(0);
            assertThat(first)
                    .isEqualTo(new Layer.Normalization(
                            "normalize",
                            NetworkArchitecture.INPUT,
                            List.of(0.5f, 0.5f, 0.5f),
                            List.of(0.5f, 0.5f, 0.5f)));
        });
    }

    @Test
    void statisticsAreNotTrained() {
        assertThat(NetworkArchitecture.named("resnet8", 1, 28, 28, 2).trainedParameters())
                .noneMatch(parameter -> parameter.name().contains("running"));
    }

    @Test
    void anUnknownNameListsTheKnownOnes() {
        assertThatThrownBy(() -> NetworkArchitecture.named("vgg", 1, 28, 28, 2))
                .hasMessage("network must be one of [resnet8, resnet20], was vgg");
    }

    @Test
    void layersThatDoNotFitTogetherAreRefused() {
        Layer pool = new Layer.GlobalAveragePool("pool", NetworkArchitecture.INPUT);
        assertThatThrownBy(() -> network(new Layer.Relu("relu", "nothing")))
                .hasMessage("layer relu reads nothing, which is no earlier layer");
        assertThatThrownBy(() -> network(pool, new Layer.Linear("fc", "pool", 3, 2)))
                .hasMessage("layer fc needs 3 values an image, is given 1 x 1 x 1");
        assertThatThrownBy(() -> network(pool, new Layer.Linear("fc", "pool", 1, 5)))
                .hasMessage("the last layer must give 2 values an image, gives 5 x 1 x 1");
        assertThatThrownBy(() -> network(pool, new Layer.Relu("pool", "pool"))).hasMessage("two layers are named pool");
        assertThatThrownBy(() -> network(pool, new Layer.Add("add", "pool", NetworkArchitecture.INPUT)))
                .hasMessage("layer add adds values of different shapes, 1 x 1 x 1 and 1 x 8 x 8");
        assertThatThrownBy(
                        () -> network(new Layer.Convolution("conv", NetworkArchitecture.INPUT, 1, 2, 9, 1, 0, false)))
                .hasMessage("layer conv leaves nothing of a side of 8");
        assertThatThrownBy(
                        () -> network(new Layer.Convolution("conv", NetworkArchitecture.INPUT, 3, 2, 3, 1, 1, false)))
                .hasMessage("layer conv needs 3 channels, is given 1 x 8 x 8");
    }

    @Test
    void imagesOfAnotherShapeAreRefused() {
        NetworkArchitecture network = NetworkArchitecture.named("resnet8", 1, 28, 28, 2);
        assertThatThrownBy(() -> network.requireFits(new ImageBatch(1, 1, 2, 2, new float[4])))
                .hasMessage("network resnet8 is for images of 1 x 28 x 28, the batch is [1, 1, 2, 2]");
    }

    @Test
    void weightsOfAnotherNetworkAreRefused() {
        NetworkArchitecture two = NetworkArchitecture.named("resnet8", 1, 28, 28, 2);
        NetworkArchitecture three = NetworkArchitecture.named("resnet8", 1, 28, 28, 3);
        Weights weights = Initialization.weights(three, new Seed(1));
        assertThatThrownBy(() -> two.requireFits(weights))
                .hasMessage("weights do not fit network resnet8: fc.weight must have shape [2, 64], had [3, 64]");
    }

    private static NetworkArchitecture network(Layer... layers) {
        return new NetworkArchitecture("test", 1, 8, 8, 2, List.of(layers));
    }

    private static int trained(NetworkArchitecture network) {
        return network.trainedParameters().stream().mapToInt(Parameter::size).sum();
    }
}
