package org.rtda.nn.pytorch.method;

import ai.djl.ndarray.NDArray;
import java.util.List;
import org.rtda.nn.pytorch.engine.InPlace;
import org.rtda.nn.pytorch.engine.ValueRanges;

/**
 * One step of AdamW (Loshchilov and Hutter, ICLR 2019) as {@code torch.optim.AdamW}: betas 0.9 and 0.999, epsilon 1e-8,
 * moments corrected for their start at 0, the decay apart from the gradient and scaled by the learning rate.
 *
 * @param learningRate at least 0
 * @param weightDecay at least 0; on every trained parameter, batch norm's included
 * @param number of this step in the run, from 1
 */
public record AdamWStep(double learningRate, double weightDecay, long number) implements OptimizerStep {
    private static final double BETA_1 = 0.9;
    private static final double BETA_2 = 0.999;
    private static final double EPSILON = 1e-8;

    public AdamWStep {
        ValueRanges.requireFrom0("learningRate", learningRate);
        ValueRanges.requireFrom0("weightDecay", weightDecay);
        if (number < 1) {
            throw new IllegalArgumentException("number must be at least 1, was " + number);
        }
    }

    @Override
    public Optimizer optimizer() {
        return Optimizer.ADAMW;
    }

    @Override
    public void update(NDArray parameter, NDArray gradient, List<NDArray> buffers) {
        NDArray first = buffers.get(0);
        NDArray second = buffers.get(1);
        parameter.muli(1 - learningRate * weightDecay);
        first.muli(BETA_1);
        InPlace.addScaled(first, gradient, 1 - BETA_1);
        second.muli(BETA_2);
        gradient.muli(gradient);
        InPlace.addScaled(second, gradient, 1 - BETA_2);
        try (NDArray deviation = second.sqrt()) {
            deviation.divi(Math.sqrt(1 - Math.pow(BETA_2, number)));
            deviation.addi(EPSILON);
            try (NDArray direction = first.div(deviation)) {
                InPlace.addScaled(parameter, direction, -learningRate / (1 - Math.pow(BETA_1, number)));
            }
        }
    }
}
