package org.rtda.nn.pytorch;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.training.GradientCollector;
import java.util.Map;
import org.rtda.core.ImageBatch;
import org.rtda.core.network.Folding;
import org.rtda.core.network.NetworkArchitecture;
import org.rtda.core.network.Weights;

/**
 * A network with fixed weights in evaluation mode: for attacks, and for checks. Batch normalisation is folded into the
 * convolutions, so logits differ from the unfolded network's by rounding. Safe for use by several threads; holds native
 * memory until closed. A call needs memory for the activations of its whole batch.
 */
public final class FrozenNetwork implements AutoCloseable {
    private final TorchEngine engine;
    private final NetworkArchitecture architecture;
    private final NDManager manager;
    private final Forward forward;

    /** @throws IllegalArgumentException when the weights do not fit the architecture */
    public FrozenNetwork(TorchEngine engine, NetworkArchitecture architecture, Weights weights) {
        this(engine, architecture, Folding.batchNormalization(architecture, weights));
    }

    FrozenNetwork(TorchEngine engine, NetworkArchitecture architecture, Folding.Folded network) {
        this.engine = engine;
        this.architecture = architecture;
        this.manager = engine.call(engine::newManager);
        Map<String, NDArray> parameters = engine.call(() -> NativeWeights.load(engine, manager, network.weights()));
        this.forward = new Forward(network.architecture(), parameters, false);
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
        float[][] rows = new float[images.count()][architecture.classes()];
        for (int n = 0; n < rows.length; n++) {
            System.arraycopy(values, n * architecture.classes(), rows[n], 0, architecture.classes());
        }
        return rows;
    }

    /**
     * The gradient of an objective with respect to the pixels: for each image that of its own part of the sum.
     *
     * @return N x C x H x W, row-major
     */
    float[] gradient(ImageBatch images, AttackObjective.Raised objective) {
        architecture.requireFits(images);
        return engine.call(() -> {
            try (NDManager call = manager.newSubManager()) {
                NDArray pixels = engine.load(call, images);
                pixels.setRequiresGradient(true);
                try (GradientCollector collector = engine.engine().newGradientCollector()) {
                    collector.backward(objective.of(call, forward.logits(pixels)));
                }
                try (NDArray gradient = pixels.getGradient()) {
                    return gradient.toFloatArray();
                }
            }
        });
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
