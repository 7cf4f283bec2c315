package org.rtda.nn.pytorch;

import java.util.LinkedHashMap;
import java.util.Map;
import org.rtda.core.Tensor;
import org.rtda.core.network.NetworkArchitecture;
import org.rtda.core.network.Parameter;
import org.rtda.core.network.Weights;

/**
 * All that a training run needs to go on to the same result.
 *
 * @param weights every parameter of the network, running statistics included
 * @param momentum one buffer for each trained parameter, under its name
 */
public record TrainingState(Weights weights, Weights momentum) {
    private static final String MOMENTUM = "momentum/";

    /** The state before the first step: momentum 0. */
    public static TrainingState initial(NetworkArchitecture architecture, Weights weights) {
        Map<String, Tensor> momentum = new LinkedHashMap<>();
        for (Parameter parameter : architecture.trainedParameters()) {
            momentum.put(parameter.name(), new Tensor(parameter.shape(), new float[parameter.size()]));
        }
        return new TrainingState(weights, new Weights(momentum));
    }

    /** Both parts as one, for one file: buffers follow the weights, their names begin with {@code momentum/}. */
    public Weights joined() {
        Map<String, Tensor> all = new LinkedHashMap<>(weights.tensors());
        momentum.tensors().forEach((name, tensor) -> all.put(MOMENTUM + name, tensor));
        return new Weights(all);
    }

    /** The state that {@link #joined} made one. */
    public static TrainingState ofJoined(Weights joined) {
        Map<String, Tensor> weights = new LinkedHashMap<>();
        Map<String, Tensor> momentum = new LinkedHashMap<>();
        joined.tensors().forEach((name, tensor) -> {
            if (name.startsWith(MOMENTUM)) {
                momentum.put(name.substring(MOMENTUM.length()), tensor);
            } else {
                weights.put(name, tensor);
            }
        });
        return new TrainingState(new Weights(weights), new Weights(momentum));
    }
}
