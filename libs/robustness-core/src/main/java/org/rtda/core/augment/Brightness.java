package org.rtda.core.augment;

import org.rtda.core.ByteImage;

/** Blends with black; Pillow's {@code ImageEnhance.Brightness}. */
final class Brightness extends PointOperation {

    @Override
    public String name() {
        return "brightness";
    }

    @Override
    void fill(byte[] table, ByteImage image, int channel, double level) {
        Blend blend = new Blend(Level.enhanceFactor(level));
        for (int i = 0; i < 256; i++) {
            table[i] = blend.of(0, i);
        }
    }
}
