package org.rtda.nn.pytorch.method;

/**
 * The weights in the methods' losses; a method takes the one it has.
 *
 * @param lambda of the Jensen-Shannon term, in the methods that have one, in [0, 1000]
 * @param beta of the divergence between the clean and the adversarial view, in the methods that have one, in [0, 1000]
 */
public record MethodSettings(double lambda, double beta) {
    public MethodSettings {
        requireWeight("lambda", lambda);
        requireWeight("beta", beta);
    }

    private static void requireWeight(String field, double value) {
        if (!(value >= 0 && value <= 1000)) {
            throw new IllegalArgumentException(field + " must be in [0, 1000], was " + value);
        }
    }
}
