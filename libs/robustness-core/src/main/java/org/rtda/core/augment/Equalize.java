package org.rtda.core.augment;

/** Flattens each channel's histogram; Pillow's {@code ImageOps.equalize}. */
final class Equalize extends PointOperation {

    @Override
    public String name() {
        return "equalize";
    }

    @Override
    byte[][] tables(MappedImage image, double level) {
        byte[][] tables = new byte[image.channels()][];
        for (int channel = 0; channel < tables.length; channel++) {
            tables[channel] = table(image.histogram(channel), image.size());
        }
        return tables;
    }

    private static byte[] table(int[] counts, int size) {
        int highest = 255;
        while (counts[highest] == 0) {
            highest--;
        }
        int step = (size - counts[highest]) / 255;
        if (step == 0) {
            return MappedImage.UNCHANGED;
        }
        int seen = step / 2;
        byte[] table = new byte[256];
        for (int i = 0; i < 256; i++) {
            table[i] = clipped(seen / step);
            seen += counts[i];
        }
        return table;
    }
}
