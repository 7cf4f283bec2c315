package org.rtda.core.augment;

/** Moves the image up (down when negative) by whole pixels, up to a third of its height; what comes in is 0. */
final class TranslateY implements Operation {

    @Override
    public String name() {
        return "translate-y";
    }

    @Override
    public MappedImage apply(MappedImage image, double level, boolean negative) {
        int size = image.size();
        int moved = Level.ofWhole(level, image.height() / 3.0) * image.width();
        byte[] in = image.values();
        byte[] out = new byte[in.length];
        for (int start = 0; start < in.length; start += size) {
            System.arraycopy(in, negative ? start : start + moved, out, negative ? start + moved : start, size - moved);
        }
        return image.withValues(out);
    }
}
