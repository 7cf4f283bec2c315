package org.rtda.imaging.codec;

import org.rtda.imaging.UnreadableImageException;

/** Samples as files pack them. */
public final class Samples {
    private Samples() {}

    /** Width times height times channels, which must fit an array. */
    public static int count(long width, long height, int channels) {
        long count = width * height * channels;
        if (count > Integer.MAX_VALUE - 8) {
            throw new UnreadableImageException("The image has " + width + " x " + height + " pixels of " + channels
                    + " values; at most " + (Integer.MAX_VALUE - 8) + " values are read. Scale it down.");
        }
        return (int) count;
    }

    /**
     * Samples of a row, the first in the highest bits of a byte; 16-bit samples most significant byte first.
     *
     * @param at where the row begins
     * @param bits of a sample: 1, 2, 4, 8 or 16
     * @param count how many
     */
    public static void unpack(byte[] packed, int at, int bits, char[] target, int targetAt, int count) {
        switch (bits) {
            case 8 -> {
                for (int i = 0; i < count; i++) {
                    target[targetAt + i] = (char) (packed[at + i] & 0xff);
                }
            }
            case 16 -> {
                for (int i = 0; i < count; i++) {
                    target[targetAt + i] = (char) ((packed[at + 2 * i] & 0xff) << 8 | packed[at + 2 * i + 1] & 0xff);
                }
            }
            default -> {
                int inByte = 8 / bits;
                int mask = (1 << bits) - 1;
                for (int i = 0; i < count; i++) {
                    int shift = 8 - bits * (i % inByte + 1);
                    target[targetAt + i] = (char) (packed[at + i / inByte] >> shift & mask);
                }
            }
        }
    }
}
