package org.rtda.core;

import java.util.Arrays;

/**
 * A named array's value outside any engine.
 *
 * @param shape sizes, outermost first; empty for a scalar
 * @param data row-major float32; not copied
 */
public record Tensor(long[] shape, float[] data) {

    public Tensor {
        long wanted = Arrays.stream(shape).reduce(1, Math::multiplyExact);
        if (wanted != data.length) {
            throw new IllegalArgumentException(
                    "a tensor of shape " + Arrays.toString(shape) + " holds " + wanted + " values, got " + data.length);
        }
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Tensor that && Arrays.equals(shape, that.shape) && Arrays.equals(data, that.data);
    }

    @Override
    public int hashCode() {
        return 31 * Arrays.hashCode(shape) + Arrays.hashCode(data);
    }

    @Override
    public String toString() {
        return "Tensor" + Arrays.toString(shape);
    }
}
