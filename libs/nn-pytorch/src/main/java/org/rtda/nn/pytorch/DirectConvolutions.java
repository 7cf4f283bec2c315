package org.rtda.nn.pytorch;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.convolutional.Conv2d;
import java.util.Map;
import org.rtda.core.network.Layer;

/**
 * The engine's own convolutions.
 *
 * @param parameters weights and biases by name, as {@link Layout} keeps them
 */
record DirectConvolutions(Map<String, NDArray> parameters) implements Convolutions {
    private static final Shape ONE = new Shape(1, 1);

    @Override
    public NDArray apply(Layer.Convolution layer, NDArray input) {
        NDArray weight = parameters.get(layer.weightName());
        NDArray read = Layout.ofInput(input, weight);
        NDArray result = Conv2d.conv2d(
                        read,
                        weight,
                        layer.bias() ? parameters.get(layer.biasName()) : null,
                        new Shape(layer.stride(), layer.stride()),
                        new Shape(layer.padding(), layer.padding()),
                        ONE)
                .singletonOrThrow();
        if (read != input) {
            read.close();
        }
        return result;
    }
}
