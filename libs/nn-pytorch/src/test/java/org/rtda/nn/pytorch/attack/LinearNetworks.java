package org.rtda.nn.pytorch.attack;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.rtda.core.Tensor;
import org.rtda.core.network.Layer;
import org.rtda.core.network.NetworkArchitecture;
import org.rtda.core.network.Weights;
import org.rtda.nn.pytorch.engine.FrozenNetwork;
import org.rtda.nn.pytorch.engine.TorchEngine;

/** Networks without a bend, whose boundaries can be worked out by hand: {@code z = W x + b} on grey square images. */
final class LinearNetworks {
    private LinearNetworks() {}

    /**
     * @param weights for each class a value a pixel
     * @param bias a value a class
     */
    static FrozenNetwork of(TorchEngine engine, float[][] weights, float... bias) {
        int classes = weights.length;
        int side = (int) Math.round(Math.sqrt(weights[0].length));
        NetworkArchitecture architecture = new NetworkArchitecture(
                "linear",
                1,
                side,
                side,
                classes,
                List.of(
                        new Layer.Convolution("all", NetworkArchitecture.INPUT, 1, classes, side, 1, 0, true),
                        new Layer.GlobalAveragePool("logits", "all")));
        float[] flat = new float[classes * side * side];
        for (int j = 0; j < classes; j++) {
            System.arraycopy(weights[j], 0, flat, j * side * side, side * side);
        }
        Map<String, Tensor> tensors = new LinkedHashMap<>();
        tensors.put("all.weight", new Tensor(new long[] {classes, 1, side, side}, flat));
        tensors.put("all.bias", new Tensor(new long[] {classes}, bias));
        return new FrozenNetwork(engine, architecture, new Weights(tensors));
    }
}
