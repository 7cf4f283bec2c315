package org.rtda.core.augment;

import org.rtda.core.ByteImage;

/** Inverts the values from {@code 256 - int(256 * level / 10)} on; Pillow's {@code ImageOps.solarize}. */
final class Solarize extends PointOperation {

    @Override
    public String name() {
        return "solarize";
    }

    @Override
    void fill(byte[] table, ByteImage image, int channel, double level) {
        int threshold = 256 - Level.ofWhole(level, 256);
        for (int i = 0; i < 256; i++) {
            table[i] = (byte) (i < threshold ? i : 255 - i);
        }
    }
}
