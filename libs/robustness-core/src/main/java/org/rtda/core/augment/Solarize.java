package org.rtda.core.augment;

/** Inverts the values from {@code 256 - int(256 * level / 10)} on; Pillow's {@code ImageOps.solarize}. */
final class Solarize extends PointOperation {

    @Override
    public String name() {
        return "solarize";
    }

    @Override
    byte[][] tables(MappedImage image, double level) {
        byte[] table = new byte[256];
        int threshold = 256 - Level.ofWhole(level, 256);
        for (int i = 0; i < 256; i++) {
            table[i] = (byte) (i < threshold ? i : 255 - i);
        }
        return forEachChannel(image, table);
    }
}
