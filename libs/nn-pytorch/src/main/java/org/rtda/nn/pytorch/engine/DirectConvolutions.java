package org.rtda.nn.pytorch.engine;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.convolutional.Conv2d;
import java.util.Map;
import org.rtda.core.network.Layer;
import org.rtda.core.network.Padding;

/**
 * The engine's own convolutions.
 *
 * @param parameters weights and biases by name, as {@link Layout} keeps them
 */
public record DirectConvolutions(Map<String, NDArray> parameters) implements Convolutions {
    private static final Shape ONE = new Shape(1, 1);
    private static final Shape NONE = new Shape(0, 0);

    @Override
    public NDArray apply(Layer.Convolution layer, NDArray input) {
        NDArray weight = parameters.get(layer.weightName());
        NDArray read = Layout.ofInput(input, weight);
        boolean symmetric = layer.padding().isSymmetric();
        NDArray padded = symmetric ? read : padded(read, layer.padding());
        NDArray result = Conv2d.conv2d(
                        padded,
                        weight,
                        layer.bias() ? parameters.get(layer.biasName()) : null,
                        new Shape(layer.stride(), layer.stride()),
                        symmetric
                                ? new Shape(
                                        layer.padding().top(), layer.padding().left())
                                : NONE,
                        ONE,
                        layer.groups())
                .singletonOrThrow();
        if (padded != read) {
            padded.close();
        }
        if (read != input) {
            read.close();
        }
        return result;
    }

    /** The engine's convolutions pad opposite sides alike; this pads beforehand. */
    private static NDArray padded(NDArray input, Padding padding) {
        return input.pad(new Shape(padding.left(), padding.right(), padding.top(), padding.bottom()), 0);
    }
}
