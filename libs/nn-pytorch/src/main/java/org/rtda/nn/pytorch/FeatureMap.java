package org.rtda.nn.pytorch;

import java.util.HashMap;
import java.util.Map;
import org.rtda.core.network.Layer;
import org.rtda.core.network.NetworkArchitecture;

/** How many pixels the activations of a layer have. */
record FeatureMap(int height, int width) {
    /** What each layer of a network reads, by its name; of several inputs the first. */
    static Map<String, FeatureMap> inputs(NetworkArchitecture architecture) {
        Map<String, FeatureMap> outputs = new HashMap<>();
        Map<String, FeatureMap> inputs = new HashMap<>();
        outputs.put(NetworkArchitecture.INPUT, new FeatureMap(architecture.height(), architecture.width()));
        for (Layer layer : architecture.layers()) {
            FeatureMap input = outputs.get(layer.inputs().get(0));
            inputs.put(layer.name(), input);
            outputs.put(layer.name(), input.after(layer));
        }
        return inputs;
    }

    private FeatureMap after(Layer layer) {
        if (layer instanceof Layer.Convolution it) {
            return windows(it.kernel(), it.stride(), it.padding());
        }
        if (layer instanceof Layer.MaxPool it) {
            return windows(it.kernel(), it.stride(), it.padding());
        }
        return layer instanceof Layer.GlobalAveragePool || layer instanceof Layer.Linear ? new FeatureMap(1, 1) : this;
    }

    private FeatureMap windows(int kernel, int stride, int padding) {
        return new FeatureMap(
                (height + 2 * padding - kernel) / stride + 1, (width + 2 * padding - kernel) / stride + 1);
    }
}
