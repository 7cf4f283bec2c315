package org.rtda.core.augment;

/** Moves the image left (right when negative) by whole pixels, up to a third of its width; what comes in is 0. */
final class TranslateX implements Operation {

    @Override
    public String name() {
        return "translate-x";
    }

    @Override
    public MappedImage apply(MappedImage image, double level, boolean negative) {
        int width = image.width();
        int pixels = Level.ofWhole(level, width / 3.0);
        byte[] in = image.values();
        byte[] out = new byte[in.length];
        for (int row = 0; row < in.length; row += width) {
            System.arraycopy(in, negative ? row : row + pixels, out, negative ? row + pixels : row, width - pixels);
        }
        return image.withValues(out);
    }
}
