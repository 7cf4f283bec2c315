package org.rtda.nn.pytorch.method;

import ai.djl.ndarray.NDArray;
import java.util.List;

/** One step of an optimiser, with its settings. */
public sealed interface OptimizerStep permits SgdStep, AdamWStep {

    Optimizer optimizer();

    double learningRate();

    /**
     * Updates one parameter and its buffers in place; called on the engine's thread.
     *
     * @param gradient of the parameter's shape; it is used up
     * @param buffers of the parameter's shape, in the order of the optimiser's
     */
    void update(NDArray parameter, NDArray gradient, List<NDArray> buffers);
}
