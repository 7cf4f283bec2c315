package org.rtda.core.augment;

/** Luma by ITU-R 601-2 in Pillow's 16-bit fixed point ({@code convert("L")}); a grey image is its own luma. */
final class Grey {
    private Grey() {}

    static int luma(int red, int green, int blue) {
        return (red * 19595 + green * 38470 + blue * 7471 + 0x8000) >> 16;
    }

    /** Mean luma, rounded half up. */
    static int mean(MappedImage image) {
        int size = image.size();
        long sum = 0;
        if (image.channels() == 1) {
            int[] counts = image.histogram(0);
            for (int i = 0; i < 256; i++) {
                sum += (long) i * counts[i];
            }
        } else {
            byte[] in = image.values();
            for (int i = 0; i < size; i++) {
                sum += luma(in[i] & 0xff, in[size + i] & 0xff, in[2 * size + i] & 0xff);
            }
        }
        return (int) ((double) sum / size + 0.5);
    }
}
