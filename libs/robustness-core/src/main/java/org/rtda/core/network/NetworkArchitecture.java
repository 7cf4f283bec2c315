package org.rtda.core.network;

import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.rtda.core.ImageBatch;
import org.rtda.core.Tensor;

/**
 * A network as data: layers in an order in which each reads only what came before. The last layer's output is the
 * logits, N x classes.
 *
 * @param name one of {@link #names()}, or what a transformation called its result
 * @param channels C of the images
 * @param height H of the images, in pixels
 * @param width W of the images, in pixels
 * @param classes at least 2
 */
public record NetworkArchitecture(String name, int channels, int height, int width, int classes, List<Layer> layers) {

    /** The name of the images among the inputs of layers. */
    public static final String INPUT = "images";

    public NetworkArchitecture {
        if (channels < 1 || height < 1 || width < 1) {
            throw new IllegalArgumentException(
                    "every side of the images must be at least 1, was " + channels + " x " + height + " x " + width);
        }
        if (classes < 2) {
            throw new IllegalArgumentException("classes must be at least 2, was " + classes);
        }
        layers = List.copyOf(layers);
        if (layers.isEmpty()) {
            throw new IllegalArgumentException("a network needs at least one layer");
        }
        Map<String, Sides> known = new HashMap<>();
        known.put(INPUT, new Sides(channels, height, width));
        for (Layer layer : layers) {
            Sides output = ShapeRules.output(layer, known);
            if (known.put(layer.name(), output) != null) {
                throw new IllegalArgumentException("two layers are named " + layer.name());
            }
        }
        Sides last = known.get(layers.get(layers.size() - 1).name());
        if (!last.equals(new Sides(classes, 1, 1))) {
            throw new IllegalArgumentException(
                    "the last layer must give " + classes + " values an image, gives " + last);
        }
    }

    /** The networks {@link #named} knows. */
    public static List<String> names() {
        return ResidualNetworks.names();
    }

    /** The names of the networks that take images of a given shape; none when the images are too small or too large. */
    public static List<String> namesFor(int channels, int height, int width) {
        return ResidualNetworks.namesFor(channels, height, width);
    }

    /**
     * A known network for images of a given shape. The same arguments give the same layers, so a name and the images'
     * shape say all about a network.
     *
     * @throws IllegalArgumentException for an unknown name, listing the known ones, and for images that the network does
     *     not take, listing the networks that do
     */
    public static NetworkArchitecture named(String name, int channels, int height, int width, int classes) {
        return ResidualNetworks.named(name, channels, height, width, classes);
    }

    /**
     * The same network with other values in its first layer, the normalisation of the images.
     *
     * @param mean one value a channel, in pixel units
     * @param deviation one value a channel, in pixel units, positive
     * @throws IllegalArgumentException when they are not as many as the channels, or a deviation is not positive and finite
     */
    public NetworkArchitecture normalizedBy(List<Double> mean, List<Double> deviation) {
        return new NetworkArchitecture(
                name,
                channels,
                height,
                width,
                classes,
                layers.stream()
                        .map(layer -> layer instanceof Layer.Normalization first
                                ? new Layer.Normalization(first.name(), first.input(), floats(mean), floats(deviation))
                                : layer)
                        .toList());
    }

    private static List<Float> floats(List<Double> values) {
        return values.stream().map(Double::floatValue).toList();
    }

    /** All parameters in the order of the layers. */
    public List<Parameter> parameters() {
        return layers.stream().flatMap(layer -> layer.parameters().stream()).toList();
    }

    /** The parameters that an optimiser changes, in the order of the layers. */
    public List<Parameter> trainedParameters() {
        return parameters().stream().filter(Parameter::trained).toList();
    }

    /** The name of the layer whose output is the logits. */
    public String output() {
        return layers.get(layers.size() - 1).name();
    }

    /**
     * Refuses a batch whose images are not of this network's shape.
     *
     * @throws IllegalArgumentException naming both shapes
     */
    public void requireFits(ImageBatch images) {
        if (images.channels() != channels || images.height() != height || images.width() != width) {
            throw new IllegalArgumentException("network " + name + " is for images of " + channels + " x " + height
                    + " x " + width + ", the batch is " + Arrays.toString(images.shape()));
        }
    }

    /**
     * Refuses weights whose names, order or shapes are not this network's.
     *
     * @throws IllegalArgumentException naming the first parameter that does not fit
     */
    public void requireFits(Weights weights) {
        weights.requireMatches(parameters(), "network " + name);
    }

    /**
     * The same weights in this network's order, whatever theirs: other programs write tensors in the order of their names.
     *
     * @throws IllegalArgumentException naming a parameter that is missing, of another shape, or not this network's
     */
    public Weights inOrder(Weights weights) {
        Map<String, Tensor> ordered = new LinkedHashMap<>();
        for (Parameter parameter : parameters()) {
            Tensor tensor = weights.tensors().get(parameter.name());
            if (tensor != null) {
                ordered.put(parameter.name(), tensor);
            }
        }
        weights.tensors().forEach(ordered::putIfAbsent);
        Weights result = new Weights(ordered);
        requireFits(result);
        return result;
    }
}
