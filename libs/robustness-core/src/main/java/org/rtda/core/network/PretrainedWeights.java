package org.rtda.core.network;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.rtda.core.Seed;
import org.rtda.core.Tensor;

/**
 * Which weights a training can begin with, and how they are made to fit. The tensors must be the network's, by name and
 * shape and in any order, with two exceptions:
 *
 * <ul>
 *   <li>The last linear layer may be for another number of classes. Its weight and bias are then initialised anew.
 *   <li>The first convolution may be for {@value #COLOURS} channels where the images have one. Its kernels are then summed
 *       over their input channels, which answers a grey image as the given kernels answer three copies of it, each
 *       normalised as the grey image is. Weights that were trained with a mean and a deviation of their own for each channel
 *       see slightly different values; training makes up for that.
 * </ul>
 */
public final class PretrainedWeights {
    private static final int COLOURS = 3;

    private PretrainedWeights() {}

    /**
     * Weights in the network's order, and what was done to them.
     *
     * @param changes a sentence each; empty when the weights are those that were given
     */
    public record Fitted(Weights weights, List<String> changes) {
        public Fitted {
            changes = List.copyOf(changes);
        }
    }

    /**
     * The given weights, made to fit.
     *
     * @param seed of a new classifier, which is the one that {@link Initialization#weights} makes of this seed
     * @throws IllegalArgumentException naming the tensors that differ and both shapes, or that hold a value that is not
     *     finite
     */
    public static Fitted fit(NetworkArchitecture architecture, Weights given, Seed seed) {
        Map<String, long[]> shapes = new LinkedHashMap<>();
        given.tensors().forEach((name, tensor) -> shapes.put(name, tensor.shape()));
        WeightDifferences differences = differences(architecture, shapes);
        given.tensors().forEach((name, tensor) -> {
            if (!isFinite(tensor)) {
                differences.add(name + " holds a value that is not finite");
            }
        });
        if (!differences.isEmpty()) {
            throw new IllegalArgumentException("not " + differences.wanted() + ": " + differences.found());
        }

        Set<String> renewed = renewedClassifier(architecture, shapes);
        List<String> changes = new ArrayList<>();
        Map<String, Tensor> fitted = new LinkedHashMap<>();
        for (Layer layer : architecture.layers()) {
            for (Parameter parameter : layer.parameters()) {
                Tensor tensor = given.get(parameter.name());
                if (renewed.contains(parameter.name())) {
                    changes.add(parameter.name() + " was of shape " + Arrays.toString(tensor.shape())
                            + " and is initialised anew for " + architecture.classes() + " classes");
                    tensor = Initialization.tensor(layer, parameter, seed);
                } else if (!Arrays.equals(tensor.shape(), parameter.shape())) {
                    changes.add(parameter.name() + " was of shape " + Arrays.toString(tensor.shape())
                            + " and is summed over its input channels for grey images");
                    tensor = summedOverInputs(tensor, parameter.shape());
                }
                fitted.put(parameter.name(), tensor);
            }
        }
        return new Fitted(new Weights(fitted), changes);
    }

    /**
     * What cannot be fitted. Values are not looked at.
     *
     * @param shapes of the given tensors, by name
     */
    public static WeightDifferences differences(NetworkArchitecture architecture, Map<String, long[]> shapes) {
        Set<String> renewed = renewedClassifier(architecture, shapes);
        String first = firstConvolution(architecture);
        WeightDifferences differences = new WeightDifferences(architecture);
        for (Parameter parameter : architecture.parameters()) {
            String name = parameter.name();
            long[] shape = shapes.get(name);
            if (shape == null) {
                differences.add(parameter + " is missing");
            } else if (!Arrays.equals(shape, parameter.shape())
                    && !renewed.contains(name)
                    && !(name.equals(first) && isOfColours(shape, parameter.shape()))) {
                differences.add(name + " must have shape " + Arrays.toString(parameter.shape()) + ", has "
                        + Arrays.toString(shape));
            }
        }
        Set<String> wanted =
                architecture.parameters().stream().map(Parameter::name).collect(Collectors.toSet());
        for (String name : shapes.keySet()) {
            if (!wanted.contains(name)) {
                differences.add(name + " is not part of the network");
            }
        }
        return differences;
    }

    /** The names of the last layer's weight and bias where the given ones are for another number of classes; else none. */
    private static Set<String> renewedClassifier(NetworkArchitecture architecture, Map<String, long[]> shapes) {
        Layer last = architecture.layers().get(architecture.layers().size() - 1);
        if (!(last instanceof Layer.Linear linear)) {
            return Set.of();
        }
        long[] weight = shapes.get(linear.weightName());
        long[] bias = shapes.get(linear.biasName());
        boolean areOneClassifier = weight != null
                && bias != null
                && weight.length == 2
                && bias.length == 1
                && weight[0] == bias[0]
                && weight[1] == linear.inputFeatures();
        return areOneClassifier && weight[0] >= 1 && weight[0] != linear.outputFeatures()
                ? Set.of(linear.weightName(), linear.biasName())
                : Set.of();
    }

    /** The name of the weight of the convolution that sees the images; null in a network without convolutions. */
    private static String firstConvolution(NetworkArchitecture architecture) {
        return architecture.layers().stream()
                .filter(Layer.Convolution.class::isInstance)
                .map(layer -> ((Layer.Convolution) layer).weightName())
                .findFirst()
                .orElse(null);
    }

    private static boolean isOfColours(long[] given, long[] wanted) {
        return given.length == 4
                && wanted[1] == 1
                && given[1] == COLOURS
                && given[0] == wanted[0]
                && given[2] == wanted[2]
                && given[3] == wanted[3];
    }

    /** In double precision, rounded once. */
    private static Tensor summedOverInputs(Tensor kernel, long[] shape) {
        int outputs = (int) shape[0];
        int window = (int) (shape[2] * shape[3]);
        float[] sums = new float[outputs * window];
        for (int out = 0; out < outputs; out++) {
            for (int i = 0; i < window; i++) {
                double sum = 0;
                for (int in = 0; in < COLOURS; in++) {
                    sum += kernel.data()[(out * COLOURS + in) * window + i];
                }
                sums[out * window + i] = (float) sum;
            }
        }
        return new Tensor(shape, sums);
    }

    private static boolean isFinite(Tensor tensor) {
        for (float value : tensor.data()) {
            if (!Float.isFinite(value)) {
                return false;
            }
        }
        return true;
    }
}
