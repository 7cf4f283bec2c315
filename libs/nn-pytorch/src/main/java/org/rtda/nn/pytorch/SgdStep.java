package org.rtda.nn.pytorch;

/**
 * One step's settings of stochastic gradient descent, as PyTorch's SGD with dampening 0.
 *
 * @param learningRate at least 0
 * @param momentum in [0, 1)
 * @param weightDecay at least 0; on every trained parameter, batch norm's included
 * @param nesterov look ahead along the momentum; needs momentum above 0
 */
public record SgdStep(double learningRate, double momentum, double weightDecay, boolean nesterov) {

    public SgdStep {
        requireFrom0("learningRate", learningRate);
        requireFrom0("weightDecay", weightDecay);
        if (!(momentum >= 0 && momentum < 1)) {
            throw new IllegalArgumentException("momentum must be in [0, 1), was " + momentum);
        }
        if (nesterov && momentum == 0) {
            throw new IllegalArgumentException("nesterov needs a momentum above 0");
        }
    }

    private static void requireFrom0(String field, double value) {
        if (!(value >= 0 && value <= 1000)) {
            throw new IllegalArgumentException(field + " must be in [0, 1000], was " + value);
        }
    }
}
