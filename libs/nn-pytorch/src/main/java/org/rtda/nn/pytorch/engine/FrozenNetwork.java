package org.rtda.nn.pytorch.engine;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.training.GradientCollector;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.rtda.core.ImageBatch;
import org.rtda.core.network.Folding;
import org.rtda.core.network.NetworkArchitecture;
import org.rtda.core.network.Weights;

/**
 * A network with fixed weights in evaluation mode: for attacks, and for checks. Batch normalisation is folded into the
 * convolutions, and wide ones go by Winograd's algorithm, so logits differ from the unfolded network's by rounding. Safe
 * for use by several threads; holds native memory until closed. A call needs memory for the activations of its whole batch.
 */
public final class FrozenNetwork implements AutoCloseable {
    private final TorchEngine engine;
    private final NetworkArchitecture architecture;
    private final NDManager manager;
    private final WinogradConvolutions convolutions;
    private final NetworkLayers forward;

    /** @throws IllegalArgumentException when the weights do not fit the architecture */
    public FrozenNetwork(TorchEngine engine, NetworkArchitecture architecture, Weights weights) {
        this(engine, architecture, Folding.batchNormalization(architecture, weights));
    }

    FrozenNetwork(TorchEngine engine, NetworkArchitecture architecture, Folding.Folded network) {
        this.engine = engine;
        this.architecture = architecture;
        this.manager = engine.call(engine::newManager);
        Map<String, NDArray> parameters = engine.call(() -> NativeWeights.load(engine, manager, network.weights()));
        this.convolutions = engine.call(() -> new WinogradConvolutions(engine, manager, parameters));
        this.forward = new NetworkLayers(network.architecture(), parameters, convolutions, false);
    }

    /** The network as it was given, before folding. */
    public NetworkArchitecture architecture() {
        return architecture;
    }

    /**
     * The logits of a batch.
     *
     * @param images N x C x H x W in [0,1]
     * @return N rows of one value a class
     */
    public float[][] logits(ImageBatch images) {
        architecture.requireFits(images);
        float[] values = engine.call(() -> {
            try (NDManager call = manager.newSubManager()) {
                return forward.logits(engine.load(call, images)).toFloatArray();
            }
        });
        return rows(values);
    }

    /**
     * Logits, and the gradient with respect to the pixels of a sum over the images of functions of their logits, in one
     * forward and one backward pass. The functions themselves are the caller's: here is only how pixels move logits.
     *
     * @param slopes from the logits, N x classes, to the derivative of each image's function with respect to them
     */
    public Evaluation evaluate(ImageBatch images, UnaryOperator<float[][]> slopes) {
        architecture.requireFits(images);
        return engine.call(() -> {
            try (NDManager call = manager.newSubManager()) {
                NDArray pixels = engine.load(call, images);
                pixels.setRequiresGradient(true);
                float[][] values;
                try (GradientCollector collector = engine.engine().newGradientCollector()) {
                    NDArray logits = forward.logits(pixels);
                    values = rows(logits.toFloatArray());
                    NDArray weights = engine.load(
                            call, flat(slopes.apply(values)), logits.getShape().getShape());
                    collector.backward(logits.mul(weights).sum());
                }
                try (NDArray gradient = pixels.getGradient()) {
                    return new Evaluation(values, gradient.toFloatArray());
                }
            }
        });
    }

    /**
     * @param logits N rows of one value a class
     * @param gradient N x C x H x W, row-major
     */
    public record Evaluation(float[][] logits, float[] gradient) {}

    /**
     * Releases the memory that use of the network takes beside its weights: on a CPU four times that of wide convolutions'
     * weights. The next use takes it again.
     */
    public void rest() {
        engine.run(() -> {
            convolutions.rest();
            return null;
        });
    }

    private float[][] rows(float[] values) {
        int classes = architecture.classes();
        float[][] rows = new float[values.length / classes][classes];
        for (int n = 0; n < rows.length; n++) {
            System.arraycopy(values, n * classes, rows[n], 0, classes);
        }
        return rows;
    }

    private float[] flat(float[][] rows) {
        int classes = architecture.classes();
        float[] values = new float[rows.length * classes];
        for (int n = 0; n < rows.length; n++) {
            System.arraycopy(rows[n], 0, values, n * classes, classes);
        }
        return values;
    }

    /** Releases the native memory; closing twice is no error. */
    @Override
    public void close() {
        engine.run(() -> {
            manager.close();
            return null;
        });
    }
}
