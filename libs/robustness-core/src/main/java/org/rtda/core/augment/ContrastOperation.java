package org.rtda.core.augment;

/** Blends with the mean grey of the whole image; Pillow's {@code ImageEnhance.Contrast}. */
final class ContrastOperation extends PointOperation {

    @Override
    public String name() {
        return "contrast";
    }

    @Override
    byte[][] tables(MappedImage image, double level) {
        byte[] table = new byte[256];
        Blend blend = new Blend(Level.enhanceFactor(level));
        int mean = Grey.mean(image);
        for (int i = 0; i < 256; i++) {
            table[i] = blend.of(mean, i);
        }
        return forEachChannel(image, table);
    }
}
