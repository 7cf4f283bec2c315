package org.rtda.core.augment;

import org.rtda.core.ByteImage;

/** Moves the image up (down when negative) by whole pixels, up to a third of its height; what comes in is 0. */
final class TranslateY implements Operation {

    @Override
    public String name() {
        return "translate-y";
    }

    @Override
    public ByteImage apply(ByteImage image, double level, boolean negative) {
        int size = image.height() * image.width();
        int moved = Level.ofWhole(level, image.height() / 3.0) * image.width();
        byte[] in = image.data();
        byte[] out = new byte[in.length];
        for (int start = 0; start < in.length; start += size) {
            System.arraycopy(in, negative ? start : start + moved, out, negative ? start + moved : start, size - moved);
        }
        return new ByteImage(image.channels(), image.height(), image.width(), out);
    }
}
