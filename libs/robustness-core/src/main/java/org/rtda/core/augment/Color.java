package org.rtda.core.augment;

/** Blends each pixel with its own luma; Pillow's {@code ImageEnhance.Color}. A grey image stays as it is. */
final class Color implements Operation {

    @Override
    public String name() {
        return "color";
    }

    @Override
    public MappedImage apply(MappedImage image, double level, boolean negative) {
        if (image.channels() == 1) {
            return image;
        }
        Blend blend = new Blend(Level.enhanceFactor(level));
        byte[] in = image.values();
        byte[] out = new byte[in.length];
        int size = image.size();
        for (int i = 0; i < size; i++) {
            int red = in[i] & 0xff;
            int green = in[size + i] & 0xff;
            int blue = in[2 * size + i] & 0xff;
            int luma = Grey.luma(red, green, blue);
            out[i] = blend.of(luma, red);
            out[size + i] = blend.of(luma, green);
            out[2 * size + i] = blend.of(luma, blue);
        }
        return image.withValues(out);
    }
}
