package org.rtda.nn.pytorch.engine;

/** Checks that settings have in common. NaN is outside every range. */
public final class ValueRanges {
    private ValueRanges() {}

    public static void requireFrom0(String field, double value) {
        if (!(value >= 0 && value <= 1000)) {
            throw new IllegalArgumentException(field + " must be in [0, 1000], was " + value);
        }
    }

    public static void requireFraction(String field, double value) {
        if (!(value >= 0 && value < 1)) {
            throw new IllegalArgumentException(field + " must be in [0, 1), was " + value);
        }
    }
}
