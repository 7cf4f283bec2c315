package org.rtda.core.augment;

/** An operation that replaces each value by an entry of a table of 256, one table a channel. */
abstract class PointOperation implements Operation {

    /** One table a channel, which channels may share. */
    abstract byte[][] tables(MappedImage image, double level);

    @Override
    public final MappedImage apply(MappedImage image, double level, boolean negative) {
        return image.through(tables(image, level));
    }

    static byte[][] forEachChannel(MappedImage image, byte[] table) {
        byte[][] tables = new byte[image.channels()][];
        for (int channel = 0; channel < tables.length; channel++) {
            tables[channel] = table;
        }
        return tables;
    }

    static byte clipped(int value) {
        return (byte) Math.max(0, Math.min(255, value));
    }
}
