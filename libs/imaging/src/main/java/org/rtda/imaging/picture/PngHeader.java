package org.rtda.imaging.picture;

import org.rtda.imaging.UnreadableImageException;
import org.rtda.imaging.codec.Bytes;

/**
 * What a PNG file's header says.
 *
 * @param bits of a sample: 1, 2, 4, 8 or 16
 * @param colour the standard's colour type
 */
record PngHeader(int width, int height, int bits, int colour, boolean interlaced) {
    private static final int GREY = 0;
    private static final int RGB = 2;
    private static final int PALETTE = 3;
    private static final int GREY_ALPHA = 4;
    private static final int RGB_ALPHA = 6;

    static PngHeader of(Bytes chunk) {
        long width = chunk.u32(0);
        long height = chunk.u32(4);
        int bits = chunk.u8(8);
        int colour = chunk.u8(9);
        int interlace = chunk.u8(12);
        boolean known =
                switch (colour) {
                    case GREY -> bits == 1 || bits == 2 || bits == 4 || bits == 8 || bits == 16;
                    case PALETTE -> bits == 1 || bits == 2 || bits == 4 || bits == 8;
                    case RGB, GREY_ALPHA, RGB_ALPHA -> bits == 8 || bits == 16;
                    default -> false;
                };
        if (!known || chunk.u8(10) != 0 || chunk.u8(11) != 0 || interlace > 1) {
            throw UnreadableImageException.damaged("its header has colour type " + colour + " with " + bits
                    + " bits, compression " + chunk.u8(10) + ", filter " + chunk.u8(11) + " and interlace " + interlace
                    + ", which PNG does not define");
        }
        // beyond int is beyond every limit, which the caller checks
        return new PngHeader(
                (int) Math.min(width, Integer.MAX_VALUE),
                (int) Math.min(height, Integer.MAX_VALUE),
                bits,
                colour,
                interlace == 1);
    }

    boolean isPalette() {
        return colour == PALETTE;
    }

    boolean hasAlpha() {
        return colour == GREY_ALPHA || colour == RGB_ALPHA;
    }

    /** Samples of a pixel, alpha included. */
    int channels() {
        return switch (colour) {
            case GREY, PALETTE -> 1;
            case GREY_ALPHA -> 2;
            case RGB -> 3;
            default -> 4;
        };
    }

    int bitsOfPixel() {
        return bits * channels();
    }
}
