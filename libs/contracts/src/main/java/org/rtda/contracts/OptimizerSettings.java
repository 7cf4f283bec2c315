package org.rtda.contracts;

/**
 * SGD with Nesterov momentum and a cosine schedule to 0 over the whole run, one value a step.
 *
 * @param learningRate at the first step; default 0.1
 * @param momentum default 0.9
 * @param weightDecay default 5e-4, on every trained parameter
 * @param nesterov default true
 */
public record OptimizerSettings(Double learningRate, Double momentum, Double weightDecay, Boolean nesterov) {
    public OptimizerSettings {
        learningRate = learningRate == null ? 0.1 : Check.inRange("optimizer.learningRate", learningRate, 1e-8, 100);
        momentum = momentum == null ? 0.9 : Check.inRange("optimizer.momentum", momentum, 0, 0.9999);
        weightDecay = weightDecay == null ? 5e-4 : Check.inRange("optimizer.weightDecay", weightDecay, 0, 1);
        nesterov = nesterov == null || nesterov;
    }
}
