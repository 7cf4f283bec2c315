package org.rtda.system;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.IntStream;
import org.apache.commons.rng.UniformRandomProvider;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.rtda.core.ImageBatch;
import org.rtda.core.Seed;
import org.rtda.core.Tensor;
import org.rtda.core.network.Layer;
import org.rtda.core.network.NetworkArchitecture;
import org.rtda.core.network.Parameter;
import org.rtda.core.network.Weights;
import org.rtda.nn.onnx.OnnxClassifier;
import org.rtda.nn.onnx.OnnxExport;
import org.rtda.nn.pytorch.engine.FrozenNetwork;
import org.rtda.nn.pytorch.engine.TorchEngine;

/**
 * Each network's exported model answers on ONNX Runtime as the network does on PyTorch, within 1e-4 in every logit, behind
 * both stems. Weights and statistics are random; {@link OnnxParityTest} has trained ones.
 */
class NetworkParityTest {
    private static final float TOLERANCE = 1e-4f;
    private static final int BATCH = 2;
    private static final int CLASSES = 3;

    private final TorchEngine engine = TorchEngine.start("cpu");

    @ParameterizedTest
    @CsvSource({
        "resnet8, 1, 28, 28",
        "resnet8, 3, 64, 64",
        "resnet20, 1, 28, 28",
        "resnet20, 3, 64, 64",
        "resnet18, 1, 28, 28",
        "resnet18, 3, 64, 64",
        "resnet18, 1, 224, 224",
        "resnet50, 3, 28, 28",
        "resnet50, 1, 64, 64",
        "resnet50, 3, 128, 97",
        "wide-resnet-50-2, 1, 28, 28",
        "wide-resnet-50-2, 3, 64, 64",
        "efficientnet-lite0, 1, 32, 32",
        "efficientnet-lite0, 3, 128, 97"
    })
    void bothRuntimesAgree(String name, int channels, int height, int width) {
        NetworkArchitecture architecture = NetworkArchitecture.named(name, channels, height, width, CLASSES);
        Weights weights = weights(architecture);
        ImageBatch images = images(channels, height, width);
        try (FrozenNetwork torch = new FrozenNetwork(engine, architecture, weights);
                OnnxClassifier onnx = OnnxClassifier.load(OnnxExport.write(architecture, weights), 1)) {
            float[][] expected = torch.logits(images);
            float[][] found = onnx.logits(images);
            for (int n = 0; n < BATCH; n++) {
                assertThat(found[n])
                        .as("image %d", n)
                        .usingComparatorWithPrecision(TOLERANCE)
                        .containsExactly(expected[n]);
            }
            // a network that ignored its images would agree as well
            assertThat(IntStream.range(0, CLASSES).mapToDouble(c -> Math.abs(expected[0][c] - expected[1][c])))
                    .anyMatch(difference -> difference > 10 * TOLERANCE);
        }
    }

    /**
     * Convolutions uniform of variance 2 / fan-in, so that a block's answer is as large as what it is given; factors of batch
     * normalisation around 1/2, variances around 1, everything else around 0. With ReLU6 the factors are around 1: most of
     * those blocks add nothing to their answer, and what the images change would be halved away on its way to the logits.
     */
    private static Weights weights(NetworkArchitecture architecture) {
        Map<String, Tensor> tensors = new LinkedHashMap<>();
        UniformRandomProvider random = new Seed(12).generator();
        float factor = architecture.layers().stream().anyMatch(Layer.Relu6.class::isInstance) ? 1 : 0.5f;
        for (Parameter parameter : architecture.parameters()) {
            long[] shape = parameter.shape();
            float centre = 0;
            float spread = 0.2f;
            if (shape.length > 1) {
                spread = (float) Math.sqrt(6.0 * shape[0] / parameter.size());
            } else if (parameter.role() == Parameter.Role.WEIGHT) {
                centre = factor;
            } else if (parameter.role() == Parameter.Role.RUNNING_VARIANCE) {
                centre = 1;
            }
            float[] values = new float[parameter.size()];
            for (int i = 0; i < values.length; i++) {
                values[i] = centre + spread * (2 * random.nextFloat() - 1);
            }
            tensors.put(parameter.name(), new Tensor(shape, values));
        }
        return new Weights(tensors);
    }

    /** One of darker and one of brighter noise. */
    private static ImageBatch images(int channels, int height, int width) {
        UniformRandomProvider random = new Seed(13).generator();
        float[] pixels = new float[BATCH * channels * height * width];
        for (int i = 0; i < pixels.length; i++) {
            pixels[i] = 0.5f * random.nextFloat() + (i < pixels.length / 2 ? 0 : 0.5f);
        }
        return new ImageBatch(BATCH, channels, height, width, pixels);
    }
}
