package org.rtda.core.augment;

/**
 * From a weakened value (factor 0) over the value itself (1) to an exaggerated one (above 1): Pillow's {@code
 * Image.blend}, in float32, cut towards zero, clipped to 0..255.
 */
final class Blend {
    /** -255 to 255: to read is cheaper in a loop over pixels than to convert. */
    private static final float[] DIFFERENCES = new float[511];

    static {
        for (int i = 0; i < DIFFERENCES.length; i++) {
            DIFFERENCES[i] = i - 255;
        }
    }

    private final float factor;

    Blend(double factor) {
        this.factor = (float) factor;
    }

    byte of(int weakened, int value) {
        float blended = DIFFERENCES[weakened + 255] + factor * DIFFERENCES[value - weakened + 255];
        return PointOperation.clipped((int) blended);
    }
}
