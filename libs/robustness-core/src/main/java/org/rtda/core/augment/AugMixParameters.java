package org.rtda.core.augment;

/**
 * How {@link AugMix} mixes.
 *
 * @param width chains that are mixed, 1 to 16; 3 in the paper
 * @param depth operations a chain, 1 to 16; 0 draws 1, 2 or 3 for each chain, as in the paper
 * @param severity highest level of an operation, 0.1 to 10; levels are drawn evenly from [0.1, severity]; 3 in the paper
 * @param alpha of the Dirichlet and Beta distributions, 0.01 to 100; 1 in the paper
 * @param allOperations with contrast, brightness, sharpness (and color for RGB), which overlap with common corruptions
 */
public record AugMixParameters(int width, int depth, double severity, double alpha, boolean allOperations) {

    public AugMixParameters {
        checkCount("width", width, 1);
        checkCount("depth", depth, 0);
        checkRange("severity", severity, Level.LOWEST, Level.HIGHEST);
        checkRange("alpha", alpha, 0.01, 100);
    }

    private static void checkCount(String field, int value, int lowest) {
        if (value < lowest || value > 16) {
            throw new IllegalArgumentException(field + " must be in [" + lowest + ", 16], was " + value);
        }
    }

    private static void checkRange(String field, double value, double lowest, double highest) {
        if (!(value >= lowest && value <= highest)) {
            throw new IllegalArgumentException(field + " must be in [" + lowest + ", " + highest + "], was " + value);
        }
    }
}
