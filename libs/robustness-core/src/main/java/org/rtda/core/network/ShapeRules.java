package org.rtda.core.network;

import java.util.Map;

/** What each kind of layer does to a shape, and which shapes it refuses. */
final class ShapeRules {
    private ShapeRules() {}

    static Sides output(Layer layer, Map<String, Sides> known) {
        for (String input : layer.inputs()) {
            if (!known.containsKey(input)) {
                throw new IllegalArgumentException(
                        "layer " + layer.name() + " reads " + input + ", which is no earlier layer");
            }
        }
        Sides first = known.get(layer.inputs().get(0));
        if (layer instanceof Layer.Normalization normalization) {
            requireChannels(layer, first, normalization.mean().size());
            return first;
        }
        if (layer instanceof Layer.Convolution convolution) {
            requireChannels(layer, first, convolution.inputChannels());
            return new Sides(
                    convolution.outputChannels(),
                    windows(
                            layer,
                            first.height(),
                            convolution.kernel(),
                            convolution.stride(),
                            convolution.padding().vertical()),
                    windows(
                            layer,
                            first.width(),
                            convolution.kernel(),
                            convolution.stride(),
                            convolution.padding().horizontal()));
        }
        if (layer instanceof Layer.MaxPool pool) {
            return new Sides(
                    first.channels(),
                    windows(layer, first.height(), pool.kernel(), pool.stride(), 2 * pool.padding()),
                    windows(layer, first.width(), pool.kernel(), pool.stride(), 2 * pool.padding()));
        }
        if (layer instanceof Layer.BatchNormalization normalization) {
            requireChannels(layer, first, normalization.channels());
            return first;
        }
        if (layer instanceof Layer.Add add) {
            Sides second = known.get(add.right());
            if (!first.equals(second)) {
                throw new IllegalArgumentException(
                        "layer " + layer.name() + " adds values of different shapes, " + first + " and " + second);
            }
            return first;
        }
        if (layer instanceof Layer.GlobalAveragePool) {
            return new Sides(first.channels(), 1, 1);
        }
        if (layer instanceof Layer.Linear linear) {
            if (!first.equals(new Sides(linear.inputFeatures(), 1, 1))) {
                throw new IllegalArgumentException("layer " + layer.name() + " needs " + linear.inputFeatures()
                        + " values an image, is given " + first);
            }
            return new Sides(linear.outputFeatures(), 1, 1);
        }
        return first;
    }

    /**
     * How many windows fit along a side.
     *
     * @param padding at both ends together
     */
    private static int windows(Layer layer, int side, int kernel, int stride, int padding) {
        int output = Math.floorDiv(side + padding - kernel, stride) + 1;
        if (output < 1) {
            throw new IllegalArgumentException("layer " + layer.name() + " leaves nothing of a side of " + side);
        }
        return output;
    }

    private static void requireChannels(Layer layer, Sides input, int channels) {
        if (input.channels() != channels) {
            throw new IllegalArgumentException(
                    "layer " + layer.name() + " needs " + channels + " channels, is given " + input);
        }
    }
}
