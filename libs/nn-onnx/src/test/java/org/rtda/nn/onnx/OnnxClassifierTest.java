package org.rtda.nn.onnx;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import ai.onnx.proto.OnnxMl;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.rtda.core.ImageBatch;
import org.rtda.core.Seed;
import org.rtda.core.Tensor;
import org.rtda.core.network.Folding;
import org.rtda.core.network.Initialization;
import org.rtda.core.network.Layer;
import org.rtda.core.network.NetworkArchitecture;
import org.rtda.core.network.Weights;

class OnnxClassifierTest {

    @Test
    void eachOperatorDoesWhatItsLayerSays() {
        NetworkArchitecture network = new NetworkArchitecture(
                "test",
                1,
                2,
                2,
                2,
                List.of(
                        new Layer.Normalization("normalize", "images", List.of(0.5f), List.of(0.5f)),
                        new Layer.Convolution("conv", "normalize", 1, 2, 1, 1, 0, false),
                        new Layer.BatchNormalization("bn", "conv", 2),
                        new Layer.Relu("relu", "bn"),
                        new Layer.Add("add", "relu", "bn"),
                        new Layer.GlobalAveragePool("pool", "add"),
                        new Layer.Linear("fc", "pool", 2, 2)));
        Map<String, Tensor> tensors = new LinkedHashMap<>();
        tensors.put("conv.weight", new Tensor(new long[] {2, 1, 1, 1}, new float[] {1, -1}));
        tensors.put("bn.weight", vector(2, 1));
        tensors.put("bn.bias", vector(0, 0.5f));
        tensors.put("bn.running_mean", vector(0, 0));
        tensors.put("bn.running_var", vector(1 - 1e-5f, 1 - 1e-5f));
        tensors.put("fc.weight", new Tensor(new long[] {2, 2}, new float[] {1, 2, 3, 4}));
        tensors.put("fc.bias", vector(10, 20));
        ImageBatch images = new ImageBatch(1, 1, 2, 2, new float[] {0, 0.5f, 1, 1});
        // normalised -1 0 1 1; channels 2x: -2 0 2 2, and 0.5 - x: 1.5 0.5 -0.5 -0.5
        // relu + itself: -2 0 4 4 (mean 1.5), and 3 1 -0.5 -0.5 (mean 0.75)
        // logits 1.5 + 1.5 + 10, and 4.5 + 3 + 20
        try (OnnxClassifier classifier = OnnxClassifier.load(OnnxExport.write(network, new Weights(tensors)), 1)) {
            float[] logits = classifier.logits(images)[0];
            assertThat(logits[0]).isCloseTo(13f, within(1e-4f));
            assertThat(logits[1]).isCloseTo(27.5f, within(1e-4f));
        }
    }

    @Test
    void paddingIsNeverTheLargestOfAWindow() {
        NetworkArchitecture network = new NetworkArchitecture(
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
        tensors.put("fc.weight", new Tensor(new long[] {2, 1}, new float[] {1, 2}));
        tensors.put("fc.bias", vector(10, 20));
        ImageBatch images =
                new ImageBatch(1, 1, 3, 3, new float[] {0.1f, 0.2f, 0.3f, 0.4f, 0.5f, 0.6f, 0.7f, 0.8f, 0.9f});
        // normalised -0.9 to -0.1; largest of the four windows -0.5 -0.4 -0.2 -0.1, mean -0.3; zeros would give 0
        try (OnnxClassifier classifier = OnnxClassifier.load(OnnxExport.write(network, new Weights(tensors)), 1)) {
            assertThat(classifier.logits(images)[0])
                    .usingComparatorWithPrecision(1e-5f)
                    .containsExactly(9.7f, 19.4f);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"resnet8", "resnet20", "resnet50", "efficientnet-lite0"})
    void aFoldedNetworkGivesTheSameLogits(String name) {
        NetworkArchitecture network = NetworkArchitecture.named(name, 1, 32, 32, 2);
        Weights weights = Initialization.weights(network, new Seed(5));
        Folding.Folded folded = Folding.batchNormalization(network, weights);
        ImageBatch images = images(3, 32);
        try (OnnxClassifier plain = OnnxClassifier.load(OnnxExport.write(network, weights), 1);
                OnnxClassifier other =
                        OnnxClassifier.load(OnnxExport.write(folded.architecture(), folded.weights()), 1)) {
            float[][] expected = plain.logits(images);
            float[][] found = other.logits(images);
            for (int n = 0; n < 3; n++) {
                assertThat(found[n]).usingComparatorWithPrecision(1e-4f).containsExactly(expected[n]);
            }
        }
    }

    @Test
    void anyBatchSizeAndSeveralThreadsGiveTheSameLogits() {
        ImageBatch images = images(6, 28);
        try (OnnxClassifier classifier = OnnxClassifier.load(model(Map.of()), 1)) {
            float[][] together = classifier.logits(images);
            List<float[][]> alone = IntStream.range(0, 6)
                    .parallel()
                    .mapToObj(n -> classifier.logits(images.slice(n, n + 1)))
                    .toList();
            for (int n = 0; n < 6; n++) {
                assertThat(alone.get(n)[0]).usingComparatorWithPrecision(1e-5f).containsExactly(together[n]);
            }
        }
    }

    @Test
    void metadataTravelsWithTheModel() {
        Map<String, String> metadata = Map.of("experiment", "e1", "step", "12");
        try (OnnxClassifier classifier = OnnxClassifier.load(model(metadata), 1)) {
            assertThat(classifier.metadata()).isEqualTo(metadata);
        }
    }

    @Test
    void aModelSaysItsClassesItsInputAndItsNormalization() {
        NetworkArchitecture network = NetworkArchitecture.named("resnet8", 3, 28, 28, 2)
                .normalizedBy(List.of(0.485, 0.456, 0.25), List.of(0.5, 0.224, 0.125));
        byte[] model = OnnxExport.write(
                network,
                Initialization.weights(network, new Seed(5)),
                ModelMetadata.of(network, List.of("benign", "malignant \"B\", grade 3")));

        try (OnnxClassifier classifier = OnnxClassifier.load(model, 1)) {
            assertThat(classifier.metadata())
                    .isEqualTo(Map.of(
                            "classes",
                            "[\"benign\",\"malignant \\\"B\\\", grade 3\"]",
                            "input_layout",
                            "NCHW",
                            "input_range",
                            "[0,1]",
                            "built_in_normalization",
                            "{\"deviation\":[0.5,0.224,0.125],\"mean\":[0.485,0.456,0.25]}"));
        }
    }

    @Test
    void aNameForEachClassIsNeeded() {
        NetworkArchitecture network = NetworkArchitecture.named("resnet8", 1, 28, 28, 2);

        assertThatThrownBy(() -> ModelMetadata.of(network, List.of("benign")))
                .hasMessage("classNames must hold one for each of the 2 classes of the network, held 1");
    }

    @Test
    void equalArgumentsGiveEqualBytes() {
        assertThat(model(Map.of("a", "1", "b", "2"))).isEqualTo(model(Map.of("b", "2", "a", "1")));
    }

    @Test
    void imagesOfAnotherShapeAreRefused() {
        try (OnnxClassifier classifier = OnnxClassifier.load(model(Map.of()), 1)) {
            assertThatThrownBy(() -> classifier.logits(images(1, 14)))
                    .hasMessage("the model is for images of [1, 28, 28], the batch is [1, 1, 14, 14]");
        }
    }

    @Test
    void bytesThatAreNoModelAreRefusedWithTheReason() {
        assertThatThrownBy(() -> OnnxClassifier.load(new byte[] {1, 2, 3, 4}, 1))
                .isInstanceOf(InvalidOnnxModelException.class)
                .hasMessageStartingWith("the file is no ONNX model: ");
        assertThatThrownBy(() -> OnnxClassifier.load(new byte[0], 1))
                .isInstanceOf(InvalidOnnxModelException.class)
                .hasMessageStartingWith("ONNX Runtime refuses the model: ");
        assertThatThrownBy(() -> OnnxClassifier.load(model(Map.of()), 0))
                .hasMessage("threads must be at least 1, was 0");
    }

    @Test
    void aModelThatIsNoClassifierOfImagesIsRefused() {
        assertThatThrownBy(() -> OnnxClassifier.load(copying("pixels", 1, 28, 28), 1))
                .isInstanceOf(InvalidOnnxModelException.class)
                .hasMessageStartingWith("the model's input must be images of four dimensions, its inputs are {pixels=");
        assertThatThrownBy(() -> OnnxClassifier.load(copying("images", 28), 1))
                .isInstanceOf(InvalidOnnxModelException.class)
                .hasMessageStartingWith("the model's input must be images of four dimensions");
        assertThatThrownBy(() -> OnnxClassifier.load(copying("images", 1, 28, 28), 1))
                .isInstanceOf(InvalidOnnxModelException.class)
                .hasMessage("the model's output must be batch x classes, was [-1, 1, 28, 28]");
    }

    /** A model that hands its input out again. */
    private static byte[] copying(String input, int... sides) {
        OnnxMl.ModelProto.Builder model = OnnxMl.ModelProto.newBuilder().setIrVersion(7);
        model.addOpsetImportBuilder().setVersion(13);
        OnnxMl.GraphProto.Builder graph = model.getGraphBuilder().setName("copy");
        graph.addInput(OnnxExport.value(input, sides)).addOutput(OnnxExport.value("copy", sides));
        graph.addNodeBuilder().setOpType("Identity").addInput(input).addOutput("copy");
        return model.build().toByteArray();
    }

    @Test
    void closingTwiceIsNoError() {
        OnnxClassifier classifier = OnnxClassifier.load(model(Map.of()), 1);
        classifier.close();
        classifier.close();
    }

    private static byte[] model(Map<String, String> metadata) {
        NetworkArchitecture network = NetworkArchitecture.named("resnet8", 1, 28, 28, 2);
        return OnnxExport.write(network, Initialization.weights(network, new Seed(5)), metadata);
    }

    private static ImageBatch images(int count, int side) {
        float[] pixels = new float[count * side * side];
        for (int i = 0; i < pixels.length; i++) {
            pixels[i] = (float) (0.5 + 0.5 * Math.sin(0.3 * i + 0.00001 * i * i));
        }
        return new ImageBatch(count, 1, side, side, pixels);
    }

    private static Tensor vector(float... values) {
        return new Tensor(new long[] {values.length}, values);
    }

    @Test
    void theSumByWhichASickDeviceIsFoundComesOutRightOnOneThatIsWell() {
        assertThatCode(OnnxClassifier::requireRight).doesNotThrowAnyException();
    }
}
