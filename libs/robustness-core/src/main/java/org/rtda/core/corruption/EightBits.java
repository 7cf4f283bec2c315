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
        int level = (int) (value * 255 + 0.5f);
        return level >= 0 && level < LEVELS && VALUES[level] == value ? level : -1;
    }

    static float valueOf(int level) {
        return VALUES[level];
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
