package org.rtda.core.network;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** Layers in the order in which they are added. Each addition gives the name under which later layers read its output. */
final class LayerChain {
    private static final float SYMMETRIC = 0.5f;

    private final List<Layer> layers = new ArrayList<>();

    String add(Layer layer) {
        layers.add(layer);
        return layer.name();
    }

    /** The first layer: pixels in [0,1] to [-1,1], until the mean and the deviation of a data set replace that. */
    String normalizedInput(int channels) {
        return add(new Layer.Normalization(
                "normalize",
                NetworkArchitecture.INPUT,
                Collections.nCopies(channels, SYMMETRIC),
                Collections.nCopies(channels, SYMMETRIC)));
    }

    /** A convolution without bias that keeps the sides at stride 1, and its batch normalisation. */
    String normalizedConvolution(
            String name, String normalization, String input, int in, int out, int kernel, int stride) {
        add(new Layer.Convolution(name, input, in, out, kernel, stride, kernel / 2, false));
        return add(new Layer.BatchNormalization(normalization, name, out));
    }

    String relu(String name, String input) {
        return add(new Layer.Relu(name, input));
    }

    /**
     * The value that a block adds to its result: its input, or, where the block changes the shape, the input through a
     * 1 x 1 convolution with batch normalisation.
     *
     * @param name of the two layers, which get {@code .0} and {@code .1} appended
     */
    String shortcut(String name, String input, int in, int out, int stride) {
        return stride == 1 && in == out
                ? input
                : normalizedConvolution(name + ".0", name + ".1", input, in, out, 1, stride);
    }

    List<Layer> all() {
        return List.copyOf(layers);
    }
}
