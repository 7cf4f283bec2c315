package org.rtda.core.augment;

import org.rtda.core.ByteImage;

/** Luma by ITU-R 601-2 in Pillow's 16-bit fixed point ({@code convert("L")}); a grey image is its own luma. */
final class Grey {
    private Grey() {}

    static int luma(int red, int green, int blue) {
        return (red * 19595 + green * 38470 + blue * 7471 + 0x8000) >> 16;
    }

    /** Mean luma, rounded half up. */
    static int mean(ByteImage image) {
        byte[] in = image.data();
        int size = image.height() * image.width();
        long sum = 0;
        if (image.channels() == 1) {
            for (byte value : in) {
                sum += value & 0xff;
            }
        } else {
            for (int i = 0; i < size; i++) {
                sum += luma(in[i] & 0xff, in[size + i] & 0xff, in[2 * size + i] & 0xff);
            }
        }
        return (int) ((double) sum / size + 0.5);
    }
}
