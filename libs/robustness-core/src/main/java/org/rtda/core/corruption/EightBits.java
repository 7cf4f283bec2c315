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
}
