package org.rtda.core.augment;

import org.rtda.core.ByteImage;

/** Stretches each channel's range to 0..255; Pillow's {@code ImageOps.autocontrast} without cut-off. */
final class AutoContrast extends PointOperation {

    @Override
    public String name() {
        return "autocontrast";
    }

    @Override
    void fill(byte[] table, ByteImage image, int channel, double level) {
        int[] counts = histogram(image, channel);
        int lowest = 0;
        while (counts[lowest] == 0) {
            lowest++;
        }
        int highest = 255;
        while (counts[highest] == 0) {
            highest--;
        }
        if (highest <= lowest) {
            fillUnchanged(table);
            return;
        }
        double scale = 255.0 / (highest - lowest);
        double offset = -lowest * scale;
        for (int i = 0; i < 256; i++) {
            table[i] = clipped((int) (i * scale + offset));
        }
    }
}
