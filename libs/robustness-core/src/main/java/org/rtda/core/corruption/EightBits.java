package org.rtda.core.corruption;

import java.util.Arrays;

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
        int level = (int) (value * 255 + 0.5f);
        return level >= 0 && level < LEVELS && VALUES[level] == value ? level : -1;
    }

    /** Of all levels; a copy. */
    static float[] values() {
        return VALUES.clone();
    }

    /** What a value becomes. */
    interface Change {
        float of(float value);
    }

    /** Changes each value in place, once a level: conversions to double and back, and powers, are dear. */
    static void change(float[] values, Change change) {
        float[] ofLevels = new float[LEVELS];
        Arrays.fill(ofLevels, Float.NaN);
        for (int i = 0; i < values.length; i++) {
            int level = levelOf(values[i]);
            if (level < 0) {
                values[i] = change.of(values[i]);
                continue;
            }
            float changed = ofLevels[level];
            if (Float.isNaN(changed)) {
                changed = change.of(values[i]);
                ofLevels[level] = changed;
            }
            values[i] = changed;
        }
    }

    /** Of each value; null when one is none. */
    static int[] levelsOf(float[] values) {
        int[] levels = new int[values.length];
        for (int i = 0; i < values.length; i++) {
            levels[i] = levelOf(values[i]);
            if (levels[i] < 0) {
                return null;
            }
        }
        return levels;
    }
}
