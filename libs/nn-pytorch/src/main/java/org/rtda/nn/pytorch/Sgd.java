package org.rtda.nn.pytorch;

import ai.djl.ndarray.NDArray;

/** Stochastic gradient descent as {@code torch.optim.SGD} does it, dampening 0, the learning rate outside the momentum. */
final class Sgd {
    private Sgd() {}

    /**
     * Updates one parameter and its momentum buffer in place.
     *
     * @param leaf the copy of the parameter that holds the gradient; the gradient is used up
     */
    static void update(NDArray parameter, NDArray momentum, NDArray leaf, SgdStep hyper) {
        try (NDArray gradient = leaf.getGradient()) {
            if (hyper.weightDecay() != 0) {
                addScaled(gradient, parameter, hyper.weightDecay());
            }
            momentum.muli(hyper.momentum());
            momentum.addi(gradient);
            if (hyper.nesterov()) {
                addScaled(gradient, momentum, hyper.momentum());
                addScaled(parameter, gradient, -hyper.learningRate());
            } else {
                addScaled(parameter, momentum, -hyper.learningRate());
            }
        }
    }

    private static void addScaled(NDArray to, NDArray what, double factor) {
        try (NDArray scaled = what.mul(factor)) {
            to.addi(scaled);
        }
    }
}
