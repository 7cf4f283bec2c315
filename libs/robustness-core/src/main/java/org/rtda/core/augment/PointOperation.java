package org.rtda.core.augment;

import org.rtda.core.ByteImage;

/** An operation that replaces each value by an entry of a table of 256, one table a channel. */
abstract class PointOperation implements Operation {

    /** Writes the table of one channel. */
    abstract void fill(byte[] table, ByteImage image, int channel, double level);

    @Override
    public final ByteImage apply(ByteImage image, double level, boolean negative) {
        byte[] in = image.data();
        byte[] out = new byte[in.length];
        byte[] table = new byte[256];
        int size = image.height() * image.width();
        for (int channel = 0; channel < image.channels(); channel++) {
            fill(table, image, channel, level);
            for (int i = channel * size, end = i + size; i < end; i++) {
                out[i] = table[in[i] & 0xff];
            }
        }
        return new ByteImage(image.channels(), image.height(), image.width(), out);
    }

    static int[] histogram(ByteImage image, int channel) {
        int[] counts = new int[256];
        byte[] in = image.data();
        int size = image.height() * image.width();
        for (int i = channel * size, end = i + size; i < end; i++) {
            counts[in[i] & 0xff]++;
        }
        return counts;
    }

    static void fillUnchanged(byte[] table) {
        for (int i = 0; i < 256; i++) {
            table[i] = (byte) i;
        }
    }

    static byte clipped(int value) {
        return (byte) Math.max(0, Math.min(255, value));
    }
}
