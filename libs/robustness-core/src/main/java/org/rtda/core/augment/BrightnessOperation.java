package org.rtda.core.augment;

/** Blends with black; Pillow's {@code ImageEnhance.Brightness}. */
final class BrightnessOperation extends PointOperation {

    @Override
    public String name() {
        return "brightness";
    }

    @Override
    byte[][] tables(MappedImage image, double level) {
        byte[] table = new byte[256];
        Blend blend = new Blend(Level.enhanceFactor(level));
        for (int i = 0; i < 256; i++) {
            table[i] = blend.of(0, i);
        }
        return forEachChannel(image, table);
    }
}
