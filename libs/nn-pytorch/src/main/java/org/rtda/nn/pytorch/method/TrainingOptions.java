package org.rtda.nn.pytorch.method;

import java.util.List;
import org.rtda.core.network.NetworkArchitecture;
import org.rtda.core.network.Parameter;
import org.rtda.nn.pytorch.engine.ValueRanges;

/**
 * How a network is trained, whatever the method.
 *
 * @param classWeights of each class's images in cross entropies, above 0; empty where all count the same
 * @param clipNorm longest gradient, L2 over all parameters together, above 0; null for any length
 * @param averaging decay of the exponential moving average of the weights and batch-norm statistics, a step; in [0, 1), 0
 *     for none. The average begins at the initial weights
 */
public record TrainingOptions(
        Optimizer optimizer, BatchNormMode batchNorm, List<Double> classWeights, Double clipNorm, double averaging) {
    /** SGD, a forward pass a view, nothing weighted, clipped or averaged. */
    public static final TrainingOptions DEFAULT =
            new TrainingOptions(Optimizer.SGD, BatchNormMode.SEPARATE, List.of(), null, 0);

    public TrainingOptions {
        classWeights = List.copyOf(classWeights);
        for (double weight : classWeights) {
            requireAbove0("classWeights (each)", weight);
        }
        if (clipNorm != null) {
            requireAbove0("clipNorm", clipNorm);
        }
        ValueRanges.requireFraction("averaging", averaging);
    }

    public boolean averages() {
        return averaging > 0;
    }

    /** Everything that training works on, in the order of its file. */
    List<Parameter> parameters(NetworkArchitecture architecture) {
        return batchNorm.parameters(architecture);
    }

    /** What the optimiser remembers: for each of its buffers, one array for each trained parameter. */
    List<Parameter> buffers(NetworkArchitecture architecture) {
        return optimizer.buffers().stream()
                .flatMap(buffer -> parameters(architecture).stream()
                        .filter(Parameter::trained)
                        .map(each -> new Parameter(bufferName(buffer, each), each.shape(), each.role())))
                .toList();
    }

    static String bufferName(String buffer, Parameter parameter) {
        return buffer + "/" + parameter.name();
    }

    private static void requireAbove0(String field, double value) {
        if (!(value > 0 && value < Double.POSITIVE_INFINITY)) {
            throw new IllegalArgumentException(field + " must be above 0 and finite, was " + value);
        }
    }
}
