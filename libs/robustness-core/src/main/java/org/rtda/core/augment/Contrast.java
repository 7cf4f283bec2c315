package org.rtda.core.augment;

import org.rtda.core.ByteImage;

/** Blends with the mean grey of the whole image; Pillow's {@code ImageEnhance.Contrast}. */
final class Contrast extends PointOperation {

    @Override
    public String name() {
        return "contrast";
    }

    @Override
    void fill(byte[] table, ByteImage image, int channel, double level) {
        Blend blend = new Blend(Level.enhanceFactor(level));
        int mean = Grey.mean(image);
        for (int i = 0; i < 256; i++) {
            table[i] = blend.of(mean, i);
        }
    }
}
