package org.rtda.core.augment;

/**
 * From a weakened value (factor 0) over the value itself (1) to an exaggerated one (above 1): Pillow's {@code
 * Image.blend}, in float32, cut towards zero, clipped to 0..255.
 */
final class Blend {
    private final float factor;

    Blend(double factor) {
        this.factor = (float) factor;
    }

    byte of(int weakened, int value) {
        float blended = weakened + factor * (value - weakened);
        return PointOperation.clipped((int) blended);
    }
}
