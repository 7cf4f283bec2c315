package org.rtda.core.augment;

/** Stretches each channel's range to 0..255; Pillow's {@code ImageOps.autocontrast} without cut-off. */
final class AutoContrast extends PointOperation {

    @Override
    public String name() {
        return "autocontrast";
    }

    @Override
    byte[][] tables(MappedImage image, double level) {
        byte[][] tables = new byte[image.channels()][];
        for (int channel = 0; channel < tables.length; channel++) {
            tables[channel] = table(image.histogram(channel));
        }
        return tables;
    }

    private static byte[] table(int[] counts) {
        int lowest = 0;
        while (counts[lowest] == 0) {
            lowest++;
        }
        int highest = 255;
        while (counts[highest] == 0) {
            highest--;
        }
        if (highest <= lowest) {
            return MappedImage.UNCHANGED;
        }
        double scale = 255.0 / (highest - lowest);
        double offset = -lowest * scale;
        byte[] table = new byte[256];
        for (int i = 0; i < 256; i++) {
            table[i] = clipped((int) (i * scale + offset));
        }
        return table;
    }
}
