package org.rtda.nn.pytorch.method;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import org.rtda.core.Tensor;
import org.rtda.core.network.NetworkArchitecture;
import org.rtda.core.network.Parameter;
import org.rtda.core.network.Weights;

/**
 * All that a training run needs to go on to the same result.
 *
 * @param parameters every parameter of the network, running statistics included; under {@link BatchNormMode#DUAL} followed
 *     by the second batch-norm set, under names that begin with {@code adversarial-batch-norm/}
 * @param buffers what the optimiser remembers, for example {@code momentum/conv1.weight}
 * @param averaged the average of the network's parameters over the steps; empty where nothing is averaged
 */
public record TrainingState(Weights parameters, Weights buffers, Weights averaged) {
    private static final String AVERAGED = "averaged/";

    /** The state before the first step under the {@linkplain TrainingOptions#DEFAULT default options}. */
    public static TrainingState initial(NetworkArchitecture architecture, Weights weights) {
        return initial(architecture, weights, TrainingOptions.DEFAULT);
    }

    /** The state before the first step: buffers 0, a second batch-norm set and the average equal to the weights. */
    public static TrainingState initial(NetworkArchitecture architecture, Weights weights, TrainingOptions options) {
        Map<String, Tensor> parameters = new LinkedHashMap<>(weights.tensors());
        if (options.batchNorm() == BatchNormMode.DUAL) {
            for (Parameter parameter : AdversarialBatchNorm.parameters(architecture)) {
                String own = parameter.name().substring(AdversarialBatchNorm.PREFIX.length());
                parameters.put(parameter.name(), weights.get(own));
            }
        }
        Map<String, Tensor> buffers = new LinkedHashMap<>();
        for (Parameter buffer : options.buffers(architecture)) {
            buffers.put(buffer.name(), new Tensor(buffer.shape(), new float[buffer.size()]));
        }
        return new TrainingState(
                new Weights(parameters), new Weights(buffers), options.averages() ? weights : new Weights(Map.of()));
    }

    /** The network to judge and to deploy: the average where there is one, else the latest weights. */
    public Weights weights() {
        return averaged.tensors().isEmpty()
                ? new Weights(AdversarialBatchNorm.without(parameters.tensors()))
                : averaged;
    }

    /** All as one, for one file: parameters, buffers, then the average under names that begin with {@code averaged/}. */
    public Weights joined() {
        Map<String, Tensor> all = new LinkedHashMap<>(parameters.tensors());
        all.putAll(buffers.tensors());
        averaged.tensors().forEach((name, tensor) -> all.put(AVERAGED + name, tensor));
        return new Weights(all);
    }

    /** The state that {@link #joined} made one. */
    public static TrainingState ofJoined(Weights joined) {
        Map<String, Tensor> parameters = new LinkedHashMap<>();
        Map<String, Tensor> buffers = new LinkedHashMap<>();
        Map<String, Tensor> averaged = new LinkedHashMap<>();
        joined.tensors().forEach((name, tensor) -> {
            if (name.startsWith(AVERAGED)) {
                averaged.put(name.substring(AVERAGED.length()), tensor);
            } else if (isBuffer(name)) {
                buffers.put(name, tensor);
            } else {
                parameters.put(name, tensor);
            }
        });
        return new TrainingState(new Weights(parameters), new Weights(buffers), new Weights(averaged));
    }

    private static boolean isBuffer(String name) {
        return Arrays.stream(Optimizer.values())
                .flatMap(optimizer -> optimizer.buffers().stream())
                .anyMatch(buffer -> name.startsWith(buffer + "/"));
    }
}
