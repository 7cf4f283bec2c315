package org.rtda.nn.pytorch.engine;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import ai.djl.pytorch.engine.PtNDArray;
import ai.djl.pytorch.jni.JniUtils;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.rtda.core.network.Layer;
import org.rtda.core.network.NetworkArchitecture;

/**
 * The function a network computes, on arrays that are given to it. Intermediate arrays are released after their last use;
 * what a backward pass needs stays alive inside the engine.
 */
public final class NetworkLayers {
    private final NetworkArchitecture architecture;
    private final Map<String, NDArray> parameters;
    private final Convolutions convolutions;
    private final boolean training;

    /**
     * @param parameters by name, on one device
     * @param convolutions with these parameters
     * @param training whether batch normalisation uses the batch's statistics and updates the running ones in place
     */
    public NetworkLayers(
            NetworkArchitecture architecture,
            Map<String, NDArray> parameters,
            Convolutions convolutions,
            boolean training) {
        this.architecture = architecture;
        this.parameters = parameters;
        this.convolutions = convolutions;
        this.training = training;
    }

    /** N x C x H x W pixels to N x classes, on the manager of the images. */
    public NDArray logits(NDArray images) {
        Map<String, Integer> lastUse = lastUses(architecture.layers());
        Map<String, NDArray> values = new HashMap<>();
        values.put(NetworkArchitecture.INPUT, images);
        for (int i = 0; i < architecture.layers().size(); i++) {
            Layer layer = architecture.layers().get(i);
            values.put(layer.name(), apply(layer, values));
            for (String input : layer.inputs()) {
                if (lastUse.get(input) == i && !input.equals(NetworkArchitecture.INPUT)) {
                    NDArray done = values.remove(input);
                    if (done != null) {
                        done.close();
                    }
                }
            }
        }
        return values.get(architecture.output());
    }

    private static Map<String, Integer> lastUses(List<Layer> layers) {
        Map<String, Integer> lastUse = new HashMap<>();
        for (int i = 0; i < layers.size(); i++) {
            for (String input : layers.get(i).inputs()) {
                lastUse.put(input, i);
            }
        }
        return lastUse;
    }

    private NDArray apply(Layer layer, Map<String, NDArray> values) {
        NDArray input = values.get(layer.inputs().get(0));
        if (layer instanceof Layer.Normalization it) {
            return normalize(input, it);
        }
        if (layer instanceof Layer.Convolution it) {
            return convolutions.apply(it, input);
        }
        if (layer instanceof Layer.BatchNormalization it) {
            return batchNormalize(input, it);
        }
        if (layer instanceof Layer.Relu) {
            return input.getNDArrayInternal().relu();
        }
        if (layer instanceof Layer.Relu6) {
            return relu6(input);
        }
        if (layer instanceof Layer.Add it) {
            return input.add(values.get(it.right()));
        }
        if (layer instanceof Layer.MaxPool it) {
            return input.getNDArrayInternal()
                    .maxPool(
                            new Shape(it.kernel(), it.kernel()),
                            new Shape(it.stride(), it.stride()),
                            new Shape(it.padding(), it.padding()),
                            false);
        }
        if (layer instanceof Layer.GlobalAveragePool) {
            return input.getNDArrayInternal().globalAvgPool();
        }
        Layer.Linear it = (Layer.Linear) layer;
        return input.getNDArrayInternal()
                .linear(input, parameters.get(it.weightName()), parameters.get(it.biasName()))
                .singletonOrThrow();
    }

    /** Not clipping alone: the engine's clipping has the gradient 1 at 0, where ReLU6 has 0 and many values are. */
    private static NDArray relu6(NDArray input) {
        try (NDArray positive = input.getNDArrayInternal().relu()) {
            return positive.clip(0f, Layer.Relu6.LARGEST);
        }
    }

    private static NDArray normalize(NDArray input, Layer.Normalization layer) {
        NDManager manager = input.getManager();
        int channels = layer.mean().size();
        float[] mean = new float[channels];
        float[] deviation = new float[channels];
        for (int c = 0; c < channels; c++) {
            mean[c] = layer.mean().get(c);
            deviation[c] = layer.deviation().get(c);
        }
        Shape perChannel = new Shape(1, channels, 1, 1);
        // not closed here: the backward pass still reads the deviations, see the notes on the package
        return input.sub(manager.create(mean, perChannel)).div(manager.create(deviation, perChannel));
    }

    /** Straight to the native call: DJL's own signature has its momentum the other way round, and in single precision. */
    private NDArray batchNormalize(NDArray input, Layer.BatchNormalization layer) {
        return JniUtils.batchNorm(
                (PtNDArray) input,
                (PtNDArray) parameters.get(layer.meanName()),
                (PtNDArray) parameters.get(layer.varianceName()),
                (PtNDArray) parameters.get(layer.weightName()),
                (PtNDArray) parameters.get(layer.biasName()),
                training,
                Layer.BatchNormalization.MOMENTUM,
                layer.epsilon());
    }
}
