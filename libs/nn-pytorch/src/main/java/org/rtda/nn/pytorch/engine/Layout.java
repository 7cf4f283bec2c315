package org.rtda.nn.pytorch.engine;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.Shape;

/**
 * How the engine keeps convolutions in memory. Shapes stay N x C x H x W and out x in x kernel x kernel; only strides
 * change, and with them the kernels that the engine takes, hence the rounding.
 *
 * <p>On a CPU a weight is kept with its input channels innermost. The engine then makes the convolution's result so, too,
 * and the layers after it keep that; row-major, it would reorder the activations before and after each convolution.
 * Measured with 128 images on one AVX-512 core, forward and backward to the input, 3 x 3: 2.0 times as fast with 16 channels,
 * 1.5 with 64 (28 x 28), 1.2 with 128 and 256, but 0.6 (4 x 4) and 0.8 times (8 x 8) with 512. So the largest weights stay
 * row-major. On a GPU all do.
 */
final class Layout {
    /** Between the 256 and the 512 channels of that measurement, in values. */
    private static final long LARGEST_CHANNELS_LAST = 1L << 21;

    private Layout() {}

    /** A convolution's weight as it is to be kept; the given array, which is row-major, is closed where another is made. */
    static NDArray ofWeight(NDArray weight) {
        if (onGpu(weight) || isLarge(weight)) {
            return weight;
        }
        Shape shape = weight.getShape();
        try (weight;
                NDArray moved = weight.transpose(0, 2, 3, 1);
                NDArray copied = moved.flatten();
                NDArray kept = copied.reshape(shape.get(0), shape.get(2), shape.get(3), shape.get(1))) {
            return kept.transpose(0, 3, 1, 2);
        }
    }

    /**
     * What a convolution with this weight, as it is kept, is to read: the input itself or a row-major copy, which is the
     * caller's to close.
     */
    static NDArray ofInput(NDArray input, NDArray weight) {
        if (onGpu(weight) || !isLarge(weight)) {
            return input;
        }
        try (NDArray values = input.flatten()) {
            return values.reshape(input.getShape());
        }
    }

    static boolean isLarge(NDArray weight) {
        return weight.size() > LARGEST_CHANNELS_LAST;
    }

    static boolean onGpu(NDArray weight) {
        return weight.getDevice().isGpu();
    }
}
