package org.rtda.nn.pytorch.engine;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import java.util.LinkedHashMap;
import java.util.Map;
import org.rtda.core.Tensor;
import org.rtda.core.network.Weights;

/** Weights between plain Java and the engine, bit for bit. */
public final class NativeWeights {
    private NativeWeights() {}

    public static Map<String, NDArray> load(TorchEngine engine, NDManager manager, Weights weights) {
        Map<String, NDArray> arrays = new LinkedHashMap<>();
        weights.tensors().forEach((name, tensor) -> {
            NDArray array = engine.load(manager, tensor.data(), tensor.shape());
            arrays.put(name, tensor.shape().length == 4 ? Layout.ofWeight(array) : array);
        });
        return arrays;
    }

    /** @throws NonFiniteException when a value is NaN or infinite, naming the tensor */
    public static Weights read(Map<String, NDArray> arrays) {
        Map<String, Tensor> tensors = new LinkedHashMap<>();
        arrays.forEach((name, array) -> {
            float[] values = array.toFloatArray();
            for (float value : values) {
                if (!Float.isFinite(value)) {
                    throw new NonFiniteException("tensor " + name + " holds " + value);
                }
            }
            tensors.put(name, new Tensor(array.getShape().getShape(), values));
        });
        return new Weights(tensors);
    }
}
