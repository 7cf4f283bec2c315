package org.rtda.core.network;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.rtda.core.ImageBatch;
import org.rtda.core.Seed;
import org.rtda.core.Tensor;

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

    @ParameterizedTest
    @CsvSource({"resnet18, 11689512", "resnet50, 25557032", "wide-resnet-50-2, 68883240"})
    void theNetworksOfTorchvisionHaveItsPublishedNumberOfParameters(String name, int published) {
        // as torchvision 0.29.2 counts and publishes them: 3 x 224 x 224, 1000 classes
        assertThat(trained(NetworkArchitecture.named(name, 3, 224, 224, 1000))).isEqualTo(published);
    }

    @ParameterizedTest
    @CsvSource({"resnet18, 11689512, 512", "resnet50, 25557032, 2048", "wide-resnet-50-2, 68883240, 2048"})
    void onSmallGreyImagesTheyDifferInTheFirstConvolutionAndTheClassesOnly(String name, int published, int features) {
        // conv1: 64 x 3 x 7 x 7 = 9408 becomes 64 x 1 x 3 x 3 = 576; fc: 1000 rows of features + 1 become 2
        int expected = published - 9408 + 576 - 1000 * (features + 1) + 2 * (features + 1);
        assertThat(trained(NetworkArchitecture.named(name, 1, 28, 28, 2))).isEqualTo(expected);
    }

    @Test
    void efficientnetLite0HasThePublishedNumberOfParametersAndNamesOfItsPackage() {
        NetworkArchitecture network = NetworkArchitecture.named("efficientnet-lite0", 3, 224, 224, 1000);
        // as efficientnet_lite_pytorch 0.1.0 counts them
        assertThat(trained(network)).isEqualTo(4_652_008);
        assertThat(network.parameters())
                .extracting(Parameter::toString)
                .startsWith("_conv_stem.weight[32, 3, 3, 3]", "_bn0.weight[32]")
                .contains(
                        "_blocks.0._depthwise_conv.weight[32, 1, 3, 3]",
                        "_blocks.3._expand_conv.weight[144, 24, 1, 1]",
                        "_blocks.15._project_conv.weight[320, 1152, 1, 1]")
                .endsWith("_fc.weight[1000, 1280]", "_fc.bias[1000]");
    }

    @Test
    void zerosThatAreOddInNumberHaveTheOneMoreBelowAndOnTheRight() {
        // 8 pixels, kernel 3, stride 2: 4 windows reach over (4 - 1) * 2 + 3 = 9; 7 pixels: the same 9, two zeros
        assertThat(Padding.same(8, 7, 3, 2)).isEqualTo(new Padding(0, 1, 1, 1));
        // kernel 5: 11 of 8 and of 7
        assertThat(Padding.same(8, 7, 5, 2)).isEqualTo(new Padding(1, 2, 2, 2));
        assertThat(Padding.same(8, 7, 5, 1)).isEqualTo(Padding.all(2));
        assertThat(Padding.same(8, 7, 1, 1)).isEqualTo(Padding.all(0));
        // a side shorter than the stride: one window, as many zeros as it lacks
        assertThat(Padding.same(1, 1, 3, 2)).isEqualTo(Padding.all(1));
    }

    @Test
    void groupsDivideTheChannels() {
        assertThatThrownBy(() -> new Layer.Convolution("conv", "images", 4, 6, 3, 1, Padding.all(1), false, 3))
                .hasMessage("convolution conv needs groups that divide its 4 input and 6 output channels, had 3");
        assertThat(new Layer.Convolution("conv", "images", 4, 6, 3, 1, Padding.all(1), false, 2).parameters())
                .extracting(Parameter::toString)
                .containsExactly("conv.weight[6, 2, 3, 3]");
    }

    @Test
    void theStemFollowsTheShorterSide() {
        assertThat(shapeOfConv1("resnet18", 95, 224)).containsExactly(64, 3, 3, 3);
        assertThat(shapeOfConv1("resnet18", 64, 64)).containsExactly(64, 3, 3, 3);
        assertThat(shapeOfConv1("resnet18", 96, 224)).containsExactly(64, 3, 7, 7);
        assertThat(shapeOfConv1("wide-resnet-50-2", 224, 224)).containsExactly(64, 3, 7, 7);
        assertThat(shapeOfConv1("resnet20", 224, 224)).containsExactly(16, 3, 3, 3);
        assertThat(NetworkArchitecture.named("resnet50", 3, 95, 95, 2).layers())
                .noneMatch(Layer.MaxPool.class::isInstance);
        assertThat(NetworkArchitecture.named("resnet50", 3, 96, 96, 2).layers())
                .contains(new Layer.MaxPool("maxpool", "relu1", 3, 2, 1));
    }

    private static long[] shapeOfConv1(String name, int height, int width) {
        return NetworkArchitecture.named(name, 3, height, width, 2)
                .parameters()
                .get(0)
                .shape();
    }

    @Test
    void aBottleneckWidensItsOutputFourfoldAndTheWideOneItsInside() {
        assertThat(NetworkArchitecture.named("resnet50", 1, 28, 28, 2).parameters())
                .extracting(Parameter::toString)
                .contains(
                        "layer2.0.conv1.weight[128, 256, 1, 1]",
                        "layer2.0.conv2.weight[128, 128, 3, 3]",
                        "layer2.0.conv3.weight[512, 128, 1, 1]",
                        "layer2.0.downsample.0.weight[512, 256, 1, 1]",
                        "layer2.0.downsample.1.running_var[512]",
                        "layer4.2.conv3.weight[2048, 512, 1, 1]")
                .doesNotContain("layer2.1.downsample.0.weight[512, 512, 1, 1]");
        assertThat(NetworkArchitecture.named("wide-resnet-50-2", 1, 28, 28, 2).parameters())
                .extracting(Parameter::toString)
                .contains(
                        "layer2.0.conv1.weight[256, 256, 1, 1]",
                        "layer2.0.conv2.weight[256, 256, 3, 3]",
                        "layer2.0.conv3.weight[512, 256, 1, 1]");
    }

    @Test
    void everyNetworkTakesEverySideAndChannelItSaysItTakes() {
        for (int side : new int[] {32, 33, 64, 95, 96, 97, 128, 224, 256}) {
            for (int channels : new int[] {1, 3}) {
                assertThat(NetworkArchitecture.namesFor(channels, side, side))
                        .containsExactlyElementsOf(NetworkArchitecture.names())
                        .allSatisfy(name -> NetworkArchitecture.named(name, channels, side, side, 2));
            }
        }
        assertThat(NetworkArchitecture.namesFor(3, 31, 256))
                .containsExactly("resnet8", "resnet20", "resnet18", "resnet50", "wide-resnet-50-2");
        assertThat(NetworkArchitecture.namesFor(1, 8, 8)).containsExactly("resnet8", "resnet20");
        assertThat(NetworkArchitecture.namesFor(1, 27, 200)).containsExactly("resnet8", "resnet20");
        assertThat(NetworkArchitecture.namesFor(1, 7, 28)).isEmpty();
        assertThat(NetworkArchitecture.namesFor(1, 28, 257)).isEmpty();
        assertThat(NetworkArchitecture.namesFor(2, 28, 28)).isEmpty();
    }

    @Test
    void imagesThatANetworkDoesNotTakeAreRefusedWithWhatItTakesAndWhatTakesThem() {
        assertThatThrownBy(() -> NetworkArchitecture.named("resnet50", 3, 28, 20, 2))
                .hasMessage("network resnet50 takes images of 1 or 3 channels and sides of 28 to 256 pixels, these are"
                        + " 3 x 28 x 20; the networks that take them: [resnet8, resnet20]");
        assertThatThrownBy(() -> NetworkArchitecture.named("resnet8", 4, 28, 28, 2))
                .hasMessage("network resnet8 takes images of 1 or 3 channels and sides of 8 to 256 pixels, these are"
                        + " 4 x 28 x 28; the networks that take them: []");
    }

    @Test
    void poolingNeedsAPixelInEveryWindow() {
        assertThatThrownBy(() -> new Layer.MaxPool("pool", "conv", 3, 2, 2))
                .hasMessage(
                        "max pooling pool needs a kernel and a stride of at least 1 and a padding in [0, kernel / 2],"
                                + " had kernel 3, stride 2, padding 2");
        assertThatThrownBy(() -> network(new Layer.MaxPool("pool", NetworkArchitecture.INPUT, 9, 1, 0)))
                .hasMessage("layer pool leaves nothing of a side of 8");
        // (8 + 2 - 3) / 2 + 1 = 4: an add of 4 x 4 and 8 x 8 says so
        assertThatThrownBy(() -> network(
                        new Layer.MaxPool("pool", NetworkArchitecture.INPUT, 3, 2, 1),
                        new Layer.Add("add", "pool", NetworkArchitecture.INPUT)))
                .hasMessage("layer add adds values of different shapes, 1 x 4 x 4 and 1 x 8 x 8");
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
            Layer first = NetworkArchitecture.named(name, 3, 32, 32, 2).layers().get(0);
            assertThat(first)
                    .isEqualTo(new Layer.Normalization(
                            "normalize",
                            NetworkArchitecture.INPUT,
                            List.of(0.5f, 0.5f, 0.5f),
                            List.of(0.5f, 0.5f, 0.5f)));
        });
    }

    @Test
    void theFirstLayersValuesAreReplacedAndNothingElse() {
        NetworkArchitecture network = NetworkArchitecture.named("resnet8", 1, 28, 28, 2);

        NetworkArchitecture measured = network.normalizedBy(List.of(0.25), List.of(0.125));

        assertThat(measured.layers().get(0))
                .isEqualTo(new Layer.Normalization(
                        "normalize", NetworkArchitecture.INPUT, List.of(0.25f), List.of(0.125f)));
        assertThat(measured.layers().subList(1, measured.layers().size()))
                .isEqualTo(network.layers().subList(1, network.layers().size()));
        assertThatThrownBy(() -> network.normalizedBy(List.of(0.5, 0.5), List.of(0.5, 0.5)))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void statisticsAreNotTrained() {
        assertThat(NetworkArchitecture.named("resnet8", 1, 28, 28, 2).trainedParameters())
                .noneMatch(parameter -> parameter.name().contains("running"));
    }

    @Test
    void anUnknownNameListsTheKnownOnes() {
        assertThatThrownBy(() -> NetworkArchitecture.named("vgg", 1, 28, 28, 2))
                .hasMessage(
                        "network must be one of [resnet8, resnet20, resnet18, resnet50, wide-resnet-50-2, efficientnet-lite0], was vgg");
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

    @Test
    void weightsInTheOrderOfTheirNamesAreBroughtIntoTheNetworksOrder() {
        NetworkArchitecture network = NetworkArchitecture.named("resnet8", 1, 28, 28, 2);
        Weights weights = Initialization.weights(network, new Seed(1));
        Weights byName = new Weights(new TreeMap<>(weights.tensors()));
        assertThat(byName).isNotEqualTo(weights);
        assertThat(network.inOrder(byName)).isEqualTo(weights);

        Map<String, Tensor> less = new TreeMap<>(weights.tensors());
        less.remove("bn1.bias");
        assertThatThrownBy(() -> network.inOrder(new Weights(less)))
                .hasMessage("weights do not fit network resnet8: tensor 2 must be bn1.bias[16], was bn1.running_mean");
        Map<String, Tensor> more = new TreeMap<>(weights.tensors());
        more.put("a", new Tensor(new long[] {1}, new float[1]));
        assertThatThrownBy(() -> network.inOrder(new Weights(more)))
                .hasMessage("weights do not fit network resnet8: unexpected tensor a");
    }

    private static NetworkArchitecture network(Layer... layers) {
        return new NetworkArchitecture("test", 1, 8, 8, 2, List.of(layers));
    }

    private static int trained(NetworkArchitecture network) {
        return network.trainedParameters().stream().mapToInt(Parameter::size).sum();
    }
}
