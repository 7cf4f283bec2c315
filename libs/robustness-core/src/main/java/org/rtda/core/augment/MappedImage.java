package org.rtda.core.augment;

import org.rtda.core.ByteImage;

/**
 * Stored values and, for each channel, the table that they have yet to go through: what the operations of a chain hand to
 * each other. A point operation then costs 256 steps instead of a pass over the image, and whoever reads the values next
 * looks them up on the way. Not for several threads at once.
 */
final class MappedImage {
    /** The table of values that are as they should be: 0 to 255. Not to be changed. */
    static final byte[] UNCHANGED = new byte[256];

    static {
        for (int i = 0; i < 256; i++) {
            UNCHANGED[i] = (byte) i;
        }
    }

    private final ByteImage stored;
    private final byte[][] tables;
    /** Of the stored values, by channel; null until someone asks. Shared by all images with these stored values. */
    private final int[][] histograms;

    private MappedImage(ByteImage stored, byte[][] tables, int[][] histograms) {
        this.stored = stored;
        this.tables = tables;
        this.histograms = histograms;
    }

    static MappedImage of(ByteImage image) {
        byte[][] tables = new byte[image.channels()][];
        for (int channel = 0; channel < tables.length; channel++) {
            tables[channel] = UNCHANGED;
        }
        return new MappedImage(image, tables, new int[tables.length][]);
    }

    /** An image of this one's shape whose values are as they should be. */
    MappedImage withValues(byte[] values) {
        return of(new ByteImage(channels(), height(), width(), values));
    }

    /** This image with each of its values replaced by an entry of its channel's table of 256. */
    MappedImage through(byte[][] next) {
        byte[][] joined = new byte[tables.length][];
        for (int channel = 0; channel < joined.length; channel++) {
            joined[channel] = joined(tables[channel], next[channel]);
        }
        return new MappedImage(stored, joined, histograms);
    }

    private static byte[] joined(byte[] table, byte[] next) {
        if (table == UNCHANGED || next == UNCHANGED) {
            return table == UNCHANGED ? next : table;
        }
        byte[] joined = new byte[256];
        for (int i = 0; i < 256; i++) {
            joined[i] = next[table[i] & 0xff];
        }
        return joined;
    }

    int channels() {
        return stored.channels();
    }

    int height() {
        return stored.height();
    }

    int width() {
        return stored.width();
    }

    /** Pixels of one channel. */
    int size() {
        return stored.height() * stored.width();
    }

    /** C x H x W, before the tables; not to be changed. */
    byte[] stored() {
        return stored.data();
    }

    /** What each stored value of a channel stands for; 256 unsigned bytes, not to be changed. */
    byte[] table(int channel) {
        return tables[channel];
    }

    /** {@link #table} as numbers. */
    double[] levels(int channel) {
        double[] levels = new double[256];
        for (int i = 0; i < 256; i++) {
            levels[i] = tables[channel][i] & 0xff;
        }
        return levels;
    }

    /** {@link #table} as numbers. */
    float[] floatLevels(int channel) {
        float[] levels = new float[256];
        for (int i = 0; i < 256; i++) {
            levels[i] = tables[channel][i] & 0xff;
        }
        return levels;
    }

    /** C x H x W, after the tables; may be the stored values themselves and is not to be changed. */
    byte[] values() {
        boolean unchanged = true;
        for (byte[] table : tables) {
            unchanged &= table == UNCHANGED;
        }
        if (unchanged) {
            return stored.data();
        }
        byte[] in = stored.data();
        byte[] out = new byte[in.length];
        for (int channel = 0; channel < tables.length; channel++) {
            lookUp(in, tables[channel], out, channel * size(), (channel + 1) * size());
        }
        return out;
    }

    private static void lookUp(byte[] in, byte[] table, byte[] out, int from, int to) {
        for (int i = from; i < to; i++) {
            out[i] = table[in[i] & 0xff];
        }
    }

    /** How often each value of a channel occurs, after the table. */
    int[] histogram(int channel) {
        if (histograms[channel] == null) {
            histograms[channel] = counts(stored.data(), channel * size(), (channel + 1) * size());
        }
        int[] counts = new int[256];
        for (int i = 0; i < 256; i++) {
            counts[tables[channel][i] & 0xff] += histograms[channel][i];
        }
        return counts;
    }

    private static int[] counts(byte[] values, int from, int to) {
        int[] counts = new int[256];
        for (int i = from; i < to; i++) {
            counts[values[i] & 0xff]++;
        }
        return counts;
    }

    ByteImage image() {
        return new ByteImage(channels(), height(), width(), values());
    }
}
