package org.rtda.imaging.picture;

import org.rtda.imaging.UnreadableImageException;

/**
 * Images here have no transparency. An alpha channel that hides nothing is left out; where it hides something, what would be seen
 * depends on a background that the file does not have, so the file is refused.
 */
final class Opacity {
    private Opacity() {}

    /** Samples without their last channel, alpha, which must be opaque everywhere. */
    static char[] withoutAlpha(char[] samples, int channelsWithAlpha, int greatest) {
        int channels = channelsWithAlpha - 1;
        int pixels = samples.length / channelsWithAlpha;
        char[] left = new char[pixels * channels];
        for (int i = 0; i < pixels; i++) {
            if (samples[i * channelsWithAlpha + channels] != greatest) {
                throw transparent();
            }
            System.arraycopy(samples, i * channelsWithAlpha, left, i * channels, channels);
        }
        return left;
    }

    static UnreadableImageException transparent() {
        return UnreadableImageException.unsupported(
                "Images with transparent pixels", "Put the image on a background and save it without transparency.");
    }
}
