package org.rtda.core.network;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.rtda.core.Tensor;

/**
 * Batch normalisation in evaluation mode is a fixed scale and shift per channel, so it can become part of the
 * convolution before it: the same function of the images up to rounding, with half the layers.
 */
public final class Folding {
    private Folding() {}

    /** A network and weights for it. */
    public record Folded(NetworkArchitecture architecture, Weights weights) {}

    /**
     * Folds every batch normalisation whose input is a convolution that nothing else reads. Computed in double precision
     * and rounded once.
     */
    public static Folded batchNormalization(NetworkArchitecture architecture, Weights weights) {
        architecture.requireFits(weights);
        Map<String, Layer.BatchNormalization> foldable = foldable(architecture);
        Map<String, String> renamed = new HashMap<>();
        foldable.forEach((convolution, normalization) -> renamed.put(normalization.name(), convolution));
        List<Layer> layers = new ArrayList<>();
        Map<String, Tensor> tensors = new LinkedHashMap<>();
        for (Layer layer : architecture.layers()) {
            if (renamed.containsKey(layer.name())) {
                continue;
            }
            Layer.BatchNormalization normalization = foldable.get(layer.name());
            if (normalization != null) {
                layers.add(((Layer.Convolution) reading(layer, renamed)).withBias());
                fold((Layer.Convolution) layer, normalization, weights, tensors);
            } else {
                layers.add(reading(layer, renamed));
                layer.parameters().forEach(each -> tensors.put(each.name(), weights.get(each.name())));
            }
        }
        NetworkArchitecture folded = new NetworkArchitecture(
                architecture.name() + "-folded",
                architecture.channels(),
                architecture.height(),
                architecture.width(),
                architecture.classes(),
                layers);
        return new Folded(folded, new Weights(tensors));
    }

    private static Map<String, Layer.BatchNormalization> foldable(NetworkArchitecture architecture) {
        Map<String, Integer> readers = new HashMap<>();
        Set<String> convolutions = new HashSet<>();
        for (Layer layer : architecture.layers()) {
            layer.inputs().forEach(input -> readers.merge(input, 1, Integer::sum));
            if (layer instanceof Layer.Convolution) {
                convolutions.add(layer.name());
            }
        }
        Map<String, Layer.BatchNormalization> foldable = new HashMap<>();
        for (Layer layer : architecture.layers()) {
            if (layer instanceof Layer.BatchNormalization normalization
                    && convolutions.contains(normalization.input())
                    && readers.get(normalization.input()) == 1) {
                foldable.put(normalization.input(), normalization);
            }
        }
        return foldable;
    }

    private static void fold(
            Layer.Convolution convolution,
            Layer.BatchNormalization normalization,
            Weights weights,
            Map<String, Tensor> tensors) {
        Tensor kernel = weights.get(convolution.weightName());
        float[] gamma = weights.get(normalization.weightName()).data();
        float[] beta = weights.get(normalization.biasName()).data();
        float[] mean = weights.get(normalization.meanName()).data();
        float[] variance = weights.get(normalization.varianceName()).data();
        int channels = convolution.outputChannels();
        int size = kernel.data().length / channels;
        float[] foldedKernel = new float[kernel.data().length];
        float[] foldedBias = new float[channels];
        for (int c = 0; c < channels; c++) {
            double scale = gamma[c] / Math.sqrt(variance[c] + normalization.epsilon());
            for (int i = c * size; i < (c + 1) * size; i++) {
                foldedKernel[i] = (float) (kernel.data()[i] * scale);
            }
            double bias =
                    convolution.bias() ? weights.get(convolution.biasName()).data()[c] : 0;
            foldedBias[c] = (float) (beta[c] + (bias - mean[c]) * scale);
        }
        tensors.put(convolution.weightName(), new Tensor(kernel.shape(), foldedKernel));
        tensors.put(convolution.biasName(), new Tensor(new long[] {channels}, foldedBias));
    }

    /** The same layer reading the folded convolutions in place of the normalisations that are gone. */
    private static Layer reading(Layer layer, Map<String, String> renamed) {
        return layer.withInputs(layer.inputs().stream()
                .map(input -> renamed.getOrDefault(input, input))
                .toList());
    }
}
