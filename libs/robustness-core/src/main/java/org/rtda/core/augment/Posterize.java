package org.rtda.core.augment;

/** Keeps the upper {@code 4 - int(4 * level / 10)} bits; Pillow's {@code ImageOps.posterize}. At level 10, where none is
 * left, the image is black (newer Pillow refuses). */
final class Posterize extends PointOperation {

    @Override
    public String name() {
        return "posterize";
    }

    @Override
    byte[][] tables(MappedImage image, double level) {
        byte[] table = new byte[256];
        int bits = 4 - Level.ofWhole(level, 4);
        int mask = -(1 << (8 - bits));
        for (int i = 0; i < 256; i++) {
            table[i] = (byte) (i & mask);
        }
        return forEachChannel(image, table);
    }
}
