package org.rtda.core.augment;

import org.rtda.core.ByteImage;

/** Flattens each channel's histogram; Pillow's {@code ImageOps.equalize}. */
final class Equalize extends PointOperation {

    @Override
    public String name() {
        return "equalize";
    }

    @Override
    void fill(byte[] table, ByteImage image, int channel, double level) {
        int[] counts = histogram(image, channel);
        int highest = 255;
        while (counts[highest] == 0) {
            highest--;
        }
        int step = (image.height() * image.width() - counts[highest]) / 255;
        if (step == 0) {
            fillUnchanged(table);
            return;
        }
        int seen = step / 2;
        for (int i = 0; i < 256; i++) {
            table[i] = clipped(seen / step);
            seen += counts[i];
        }
    }
}
