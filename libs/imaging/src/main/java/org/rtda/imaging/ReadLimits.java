package org.rtda.imaging;

/**
 * How much one file may claim before it is refused. What a file declares is checked before memory is taken for it.
 *
 * @param bytes the longest file, and the longest data set that a deflated file may inflate to
 * @param pixels the most pixels (width times height) of one frame
 */
public record ReadLimits(long bytes, long pixels) {
    /** 256 MiB and 64 Mi pixels: more than twice the largest mammogram, of which one is decoded in under 1 GiB. */
    public static final ReadLimits DEFAULT = new ReadLimits(256L << 20, 64L << 20);

    public ReadLimits {
        if (bytes < 1 || bytes > Integer.MAX_VALUE) {
            throw new IllegalArgumentException("bytes must be from 1 to " + Integer.MAX_VALUE + ", was " + bytes);
        }
        if (pixels < 1 || pixels > 256L << 20) {
            throw new IllegalArgumentException("pixels must be from 1 to " + (256L << 20) + ", was " + pixels);
        }
    }

    /**
     * @throws UnreadableImageException when an image of this size may not be read; sides that are not positive are such a size
     */
    public void check(long width, long height) {
        if (width < 1 || height < 1) {
            throw new UnreadableImageException("The file declares an image of " + width + " x " + height
                    + " pixels; both sides must be at least 1. The file is damaged.");
        }
        if (width > pixels || height > pixels || width * height > pixels) {
            throw new UnreadableImageException("The file declares an image of " + width + " x " + height
                    + " pixels; at most " + pixels + " pixels are read. Scale it down.");
        }
    }
}
