package org.rtda.nn.pytorch.engine;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDArrays;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import org.rtda.core.network.Layer;
import org.rtda.core.network.Padding;

/**
 * Wide 3 x 3 convolutions of fixed weights by Winograd's minimal filtering F(4 x 4, 3 x 3): 36 multiplications for each
 * pair of channels and tile of 4 x 4 results instead of 144, as products of matrices. Lavin and Gray, "Fast Algorithms for
 * Convolutional Neural Networks", 2016 (arXiv:1509.09308), section 4. All other convolutions go to the engine.
 *
 * <p>A tile reads 6 x 6 pixels d, which become B<sup>T</sup> d B; a kernel g becomes G g G<sup>T</sup>, once; their products,
 * summed over the input channels, become the results by A<sup>T</sup> m A. Flattened, each of the three is one product with
 * the Kronecker product of the small matrix with itself. The gradient is the engine's, of these operations.
 *
 * <p>The matrices are Toom and Cook's for the points 0, 2/3, -2/3, 3/2, -3/2 and infinity, with rows of B<sup>T</sup>
 * multiplied to whole numbers and those of G divided by the same. The usual points 0, 1, -1, 2, -2 and infinity round more:
 * with them results were off by 1.9e-6 of their norm (256 channels), with these by 0.9e-6, the engine's by 0.6e-6. What
 * points do: Barabasz et al., "Error Analysis and Improving the Accuracy of Winograd Convolution for Deep Neural Networks",
 * 2018 (arXiv:1803.10986).
 *
 * <p>Transformed tiles, 2.25 values for each pixel and channel, are written to memory and read again, so it pays where there
 * are many channels. Measured with 128 images on two AVX2 cores, forward and backward to the input: twice as fast with 512
 * channels (4 x 4 and 8 x 8 pixels), 0.9 to 1.3 times with 256, slower with fewer.
 */
final class WinogradConvolutions implements Convolutions {
    /** Side of a tile of results, and of what it reads. */
    private static final int TILE = 4;

    private static final int PATCH = 6;
    private static final int KERNEL = 3;
    private static final Padding ONE_PIXEL = Padding.all(1);

    /** The part of a patch that lies in the tile to the right, or below. */
    private static final int OVERLAP = PATCH - TILE;

    /** With fewer, reading four times as many weights takes longer than what is saved; measured: as fast with 8 to 16. */
    private static final int FEWEST_TILES = 16;

    private static final float[][] INPUT = {
        {36, 0, -97, 0, 36, 0},
        {0, 486, 729, -216, -324, 0},
        {0, -486, 729, 216, -324, 0},
        {0, -48, -32, 108, 72, 0},
        {0, 48, -32, -108, 72, 0},
        {0, 36, 0, -97, 0, 36}
    };
    private static final float[][] WEIGHT = {
        {1 / 36f, 0, 0},
        {1 / 520f, 1 / 780f, 1 / 1170f},
        {1 / 520f, -1 / 780f, 1 / 1170f},
        {1 / 585f, 1 / 390f, 1 / 260f},
        {1 / 585f, -1 / 390f, 1 / 260f},
        {0, 0, 1 / 36f}
    };
    private static final float[][] OUTPUT = {
        {1, 1, 1, 1, 1, 0},
        {0, 2 / 3f, -2 / 3f, 3 / 2f, -3 / 2f, 0},
        {0, 4 / 9f, 4 / 9f, 9 / 4f, 9 / 4f, 0},
        {0, 8 / 27f, -8 / 27f, 27 / 8f, -27 / 8f, 1}
    };

    private final Map<String, NDArray> parameters;
    private final Convolutions others;
    private final NDArray inputTransform;
    private final NDArray weightTransform;
    private final NDArray outputTransform;

    /** By the weight's name, each made when it is first wanted. */
    private final Map<String, NDArray> transformedWeights = new HashMap<>();

    /**
     * To be called, as all of this, on the engine's thread.
     *
     * @param manager owns the transformed weights
     * @param parameters weights and biases by name, as {@link Layout} keeps them
     */
    WinogradConvolutions(TorchEngine engine, NDManager manager, Map<String, NDArray> parameters) {
        this.parameters = parameters;
        this.others = new DirectConvolutions(parameters);
        this.inputTransform = squared(engine, manager, INPUT);
        this.weightTransform = squared(engine, manager, WEIGHT);
        this.outputTransform = squared(engine, manager, OUTPUT);
    }

    @Override
    public NDArray apply(Layer.Convolution layer, NDArray input) {
        NDArray weight = parameters.get(layer.weightName());
        if (!pays(layer, input.getShape(), weight)) {
            return others.apply(layer, input);
        }
        NDArray transformed =
                transformedWeights.computeIfAbsent(layer.weightName(), name -> transformed(weight, weightTransform));
        NDArray result = convolved(input, transformed);
        if (!layer.bias()) {
            return result;
        }
        try (result;
                NDArray bias = parameters.get(layer.biasName()).reshape(1, layer.outputChannels(), 1, 1)) {
            return result.add(bias);
        }
    }

    /** Releases the transformed weights; they are made again when they are wanted again. */
    void rest() {
        transformedWeights.values().forEach(NDArray::close);
        transformedWeights.clear();
    }

    /** Weights that are held in their transformed form, too. */
    Set<String> transformed() {
        return Set.copyOf(transformedWeights.keySet());
    }

    private static boolean pays(Layer.Convolution layer, Shape input, NDArray weight) {
        if (layer.kernel() != KERNEL
                || layer.stride() != 1
                || layer.groups() != 1
                || !layer.padding().equals(ONE_PIXEL)) {
            return false;
        }
        long height = input.get(2);
        long width = input.get(3);
        long tiles = tiles(height) * tiles(width);
        // tiles reach over the edge: half of the multiplications that they save has to be left
        return KERNEL * KERNEL * height * width >= 2 * PATCH * PATCH * tiles
                && input.get(0) * tiles >= FEWEST_TILES
                && Layout.isLarge(weight)
                && !Layout.onGpu(weight);
    }

    /** @return N x out x H x W, channels innermost in memory */
    private NDArray convolved(NDArray input, NDArray weight) {
        Shape shape = input.getShape();
        long n = shape.get(0);
        long height = shape.get(2);
        long width = shape.get(3);
        long down = tiles(height);
        long across = tiles(width);
        long out = weight.getShape().get(2);
        try (NDArray patches = patches(input, down, across);
                NDArray flat = patches.reshape(PATCH * PATCH, -1);
                NDArray transformed = inputTransform.matMul(flat);
                NDArray pixels = transformed.reshape(PATCH * PATCH, n * down * across, shape.get(1));
                NDArray products = pixels.batchMatMul(weight);
                NDArray flatProducts = products.reshape(PATCH * PATCH, -1);
                NDArray results = outputTransform.matMul(flatProducts);
                NDArray tiles = results.reshape(TILE, TILE, n, down, across, out);
                NDArray inOrder = tiles.transpose(2, 3, 0, 4, 1, 5);
                NDArray whole = inOrder.reshape(n, TILE * down, TILE * across, out);
                NDArray within = whole.get(":, :{}, :{}", height, width)) {
            NDArray result = within.transpose(0, 3, 1, 2);
            // products belong to their first factor's manager, the network's; this is the call's
            result.attach(input.getManager());
            return result;
        }
    }

    /** @return 6 x 6 x N x tiles down x tiles across x C */
    private static NDArray patches(NDArray input, long down, long across) {
        Shape shape = input.getShape();
        long n = shape.get(0);
        long channels = shape.get(1);
        // zeros: a pixel above and on the left; below and on the right as far as the last patches reach,
        // in whole tiles, since a patch is made of parts of four
        long right = TILE * (across + 1) - 1 - shape.get(3);
        long below = TILE * (down + 1) - 1 - shape.get(2);
        try (NDArray channelsLast = input.transpose(0, 2, 3, 1);
                NDArray padded = channelsLast.pad(new Shape(0, 0, 1, right, 1, below), 0);
                NDArray split = padded.reshape(n, down + 1, TILE, across + 1, TILE, channels);
                NDArray tiles = split.transpose(2, 4, 0, 1, 3, 5);
                NDArray upper = tiles.get(":, :, :, :{}", down);
                NDArray lower = tiles.get(":{}, :, :, 1:", OVERLAP);
                NDArray columns = NDArrays.concat(new NDList(upper, lower), 0);
                NDArray left = columns.get(":, :, :, :, :{}", across);
                NDArray rest = columns.get(":, :{}, :, :, 1:", OVERLAP)) {
            return NDArrays.concat(new NDList(left, rest), 1);
        }
    }

    /** @return 36 x in x out */
    private static NDArray transformed(NDArray weight, NDArray transform) {
        Shape shape = weight.getShape();
        try (NDArray kernels = weight.transpose(2, 3, 1, 0);
                NDArray flat = kernels.reshape(KERNEL * KERNEL, -1);
                NDArray transformed = transform.matMul(flat)) {
            return transformed.reshape(PATCH * PATCH, shape.get(1), shape.get(0));
        }
    }

    /** The Kronecker product of a matrix with itself: its effect on both sides of a matrix that is flattened. */
    private static NDArray squared(TorchEngine engine, NDManager manager, float[][] matrix) {
        int rows = matrix.length;
        int columns = matrix[0].length;
        float[] product = new float[rows * rows * columns * columns];
        int next = 0;
        for (float[] first : matrix) {
            for (float[] second : matrix) {
                for (float a : first) {
                    for (float b : second) {
                        product[next++] = a * b;
                    }
                }
            }
        }
        return engine.load(manager, product, new long[] {rows * rows, columns * columns});
    }

    private static long tiles(long side) {
        return (side + TILE - 1) / TILE;
    }
}
