package org.rtda.nn.pytorch.method;

import ai.djl.ndarray.NDArray;
import java.util.List;
import org.rtda.nn.pytorch.engine.InPlace;
import org.rtda.nn.pytorch.engine.ValueRanges;

/**
 * One step of stochastic gradient descent, as {@code torch.optim.SGD} with dampening 0: the learning rate outside the
 * momentum.
 *
 * @param learningRate at least 0
 * @param momentum in [0, 1)
 * @param weightDecay at least 0; on every trained parameter, batch norm's included
 * @param nesterov look ahead along the momentum; needs momentum above 0
 */
public record SgdStep(double learningRate, double momentum, double weightDecay, boolean nesterov)
        implements OptimizerStep {

    public SgdStep {
        ValueRanges.requireFrom0("learningRate", learningRate);
        ValueRanges.requireFrom0("weightDecay", weightDecay);
        ValueRanges.requireFraction("momentum", momentum);
        if (nesterov && momentum == 0) {
            throw new IllegalArgumentException("nesterov needs a momentum above 0");
        }
    }

    @Override
    public Optimizer optimizer() {
        return Optimizer.SGD;
    }

    @Override
    public void update(NDArray parameter, NDArray gradient, List<NDArray> buffers) {
        NDArray velocity = buffers.get(0);
        if (weightDecay != 0) {
            InPlace.addScaled(gradient, parameter, weightDecay);
        }
        velocity.muli(momentum);
        velocity.addi(gradient);
        if (nesterov) {
            InPlace.addScaled(gradient, velocity, momentum);
            InPlace.addScaled(parameter, gradient, -learningRate);
        } else {
            InPlace.addScaled(parameter, velocity, -learningRate);
        }
    }
}
