package org.rtda.core.corruption;

/** Values in [0,1] that 8-bit images have: what is dear to compute can be computed once a level. */
final class EightBits {
    static final int LEVELS = 256;
    private static final float[] VALUES = new float[LEVELS];

    static {
        for (int level = 0; level < LEVELS; level++) {
            VALUES[level] = level / 255f;
        }
    }

    private EightBits() {}

    /** The level whose 255th part the value is, bit for bit; -1 when there is none. */
    static int levelOf(float value) {
        // the last bit of a float of 2^23 counts 1, so the sum's bits end with the rounded level: faster than a
        // conversion
        int level = Float.floatToRawIntBits(value * 255 + 0x1p23f) & 0xff;
        return VALUES[level] == value ? level : -1;
    }

    /** The 255th part of a level. */
    static float valueOf(int level) {
        return VALUES[level];
    }

    /** What a value becomes. */
    interface Change {
        float of(float value);
    }

    /** What each level becomes. */
    static float[] ofLevels(Change change) {
        float[] ofLevels = new float[LEVELS];
        for (int level = 0; level < LEVELS; level++) {
            ofLevels[level] = change.of(VALUES[level]);
        }
        return ofLevels;
    }

    /**
     * Changes values in place.
     *
     * @param ofLevels what the change makes of levels
     * @param change for values that are none
     */
    static void change(float[] values, float[] ofLevels, Change change) {
        for (int i = 0; i < values.length; i++) {
            int level = levelOf(values[i]);
            values[i] = level < 0 ? change.of(values[i]) : ofLevels[level];
        }
    }
}
