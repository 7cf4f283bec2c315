package org.rtda.nn.pytorch;

/** Checks that settings have in common. NaN is outside every range. */
final class Ranges {
    private Ranges() {}

    static void requireFrom0(String field, double value) {
        if (!(value >= 0 && value <= 1000)) {
            throw new IllegalArgumentException(field + " must be in [0, 1000], was " + value);
        }
    }

    static void requireFraction(String field, double value) {
        if (!(value >= 0 && value < 1)) {
            throw new IllegalArgumentException(field + " must be in [0, 1), was " + value);
        }
    }
}
