package org.rtda.nn.pytorch.engine;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.rtda.core.ImageBatch;
import org.rtda.core.Seed;
import org.rtda.core.Tensor;
import org.rtda.core.network.NetworkArchitecture;
import org.rtda.core.network.Parameter;
import org.rtda.core.network.SafeTensors;
import org.rtda.core.network.Weights;
import org.rtda.nn.pytorch.attack.AttackedImages;
import org.rtda.nn.pytorch.attack.CrossEntropyLoss;
import org.rtda.nn.pytorch.method.TrainingMethod;
import org.rtda.nn.pytorch.method.View;

/**
 * The weights, images and labels behind the golden files, from the formulas that {@code make_golden.py} and
 * {@code make_network_golden.py} use.
 */
public final class GoldenInputs {
    public static final int BATCH = 4;
    static final int SIDE = 12;
    public static final int[] LABELS = {0, 1, 2, 0};
    /** A tensor's values repeat after so many: the sines of 68 million different numbers would take their time. */
    private static final int PERIOD = 65521;

    public static final NetworkArchitecture ARCHITECTURE = NetworkArchitecture.named("resnet8", 1, SIDE, SIDE, 3);

    private GoldenInputs() {}

    public static Weights weights() {
        return weights(ARCHITECTURE);
    }

    public static Weights weights(NetworkArchitecture architecture) {
        Map<String, Tensor> tensors = new LinkedHashMap<>();
        List<Parameter> parameters = architecture.parameters();
        for (int k = 0; k < parameters.size(); k++) {
            Parameter parameter = parameters.get(k);
            float[] values = new float[parameter.size()];
            for (int i = 0; i < values.length; i++) {
                values[i] = i < PERIOD
                        ? (float) value(parameter, Math.sin(0.7 * i + 0.0003 * i * i + k))
                        : values[i - PERIOD];
            }
            tensors.put(parameter.name(), new Tensor(parameter.shape(), values));
        }
        return new Weights(tensors);
    }

    private static double value(Parameter parameter, double wave) {
        long[] shape = parameter.shape();
        if (parameter.role() == Parameter.Role.RUNNING_VARIANCE) {
            return 1 + 0.5 * wave;
        }
        if (parameter.role() != Parameter.Role.WEIGHT) {
            return 0.1 * wave;
        }
        if (parameter.name().endsWith("bn3.weight")) {
            return 0.25 + 0.1 * wave;
        }
        return switch (shape.length) {
            case 1 -> 1 + 0.1 * wave;
            case 2 -> 0.3 * wave;
            default -> wave * Math.sqrt(4.0 / (shape[1] * shape[2] * shape[3]));
        };
    }

    public static ImageBatch images(double phase) {
        return images(phase, BATCH, 1, SIDE);
    }

    public static ImageBatch images(double phase, int count, int channels, int side) {
        float[] pixels = new float[count * channels * side * side];
        for (int i = 0; i < pixels.length; i++) {
            pixels[i] = (float) (0.5 + 0.45 * Math.sin(0.61 * i + 0.0007 * i * i + phase));
        }
        return new ImageBatch(count, channels, side, side, pixels);
    }

    public static Map<String, ImageBatch> views() {
        return Map.of("clean", images(0), "augmix", images(1), "adversarial", images(2));
    }

    /** The views of a method, as many of them as it has. */
    public static Map<String, ImageBatch> views(TrainingMethod method) {
        Map<String, ImageBatch> all = new LinkedHashMap<>(views());
        all.put("augmix-1", images(1));
        all.put("augmix-2", images(3));
        all.keySet().retainAll(method.views().stream().map(View::name).toList());
        return all;
    }

    public static Weights golden(String file) {
        try (InputStream resource = GoldenInputs.class.getResourceAsStream("/golden/" + file)) {
            return SafeTensors.decode(resource.readAllBytes()).weights();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The gradient of the summed cross entropy with respect to the images. */
    public static float[] lossGradient(FrozenNetwork network, ImageBatch images, int[] labels) {
        List<Seed> seeds =
                IntStream.range(0, images.count()).mapToObj(Seed::new).toList();
        AttackedImages attacked = new AttackedImages(network, images, labels, seeds, null, () -> {});
        return attacked.evaluate(images.pixels(), attacked.all(), new CrossEntropyLoss(labels), "")
                .gradient();
    }

    /** The largest difference, relative to the largest value of what is expected. */
    public static double relativeError(float[] found, float[] expected) {
        double scale = 0;
        double error = 0;
        for (int i = 0; i < expected.length; i++) {
            scale = Math.max(scale, Math.abs(expected[i]));
            error = Math.max(error, Math.abs((double) found[i] - expected[i]));
        }
        return error / scale;
    }
}
