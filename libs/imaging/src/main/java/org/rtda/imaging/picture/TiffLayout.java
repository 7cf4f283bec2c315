package org.rtda.imaging.picture;

import java.util.Map;
import org.rtda.imaging.UnreadableImageException;

/**
 * How a TIFF page lays out its samples.
 *
 * @param samplesPerPixel channels, and one more where there is alpha
 * @param planar whether each channel has segments of its own
 * @param segmentWidth columns of a tile, or of the image where it is in strips
 * @param segmentHeight rows of a tile or strip
 */
record TiffLayout(
        int width,
        int height,
        int bits,
        int samplesPerPixel,
        Colour colour,
        boolean planar,
        boolean tiled,
        int segmentWidth,
        int segmentHeight) {

    private static final int WIDTH = 256;
    private static final int HEIGHT = 257;
    private static final int BITS = 258;
    private static final int PHOTOMETRIC = 262;
    private static final int FILL_ORDER = 266;
    private static final int SAMPLES = 277;
    private static final int ROWS_PER_STRIP = 278;
    private static final int PLANAR = 284;
    private static final int TILE_WIDTH = 322;
    private static final int TILE_HEIGHT = 323;
    private static final int SAMPLE_FORMAT = 339;

    private static final Map<Long, String> OTHER_COLOURS =
            Map.of(4L, "transparency masks", 5L, "CMYK", 6L, "YCbCr", 8L, "CIE L*a*b*");

    private enum Colour {
        WHITE_IS_ZERO,
        BLACK_IS_ZERO,
        RGB,
        PALETTE
    }

    static TiffLayout of(TiffDirectory page) {
        int width = side(page, WIDTH);
        int height = side(page, HEIGHT);
        Colour colour = colour(page.number(PHOTOMETRIC));
        int samples = (int) Math.min(page.number(SAMPLES, 1), 1000);
        int channels = colour == Colour.RGB ? 3 : 1;
        if (samples != channels && samples != channels + 1 || colour == Colour.PALETTE && samples != 1) {
            throw UnreadableImageException.unsupported(
                    "TIFF images of " + samples + " samples a pixel", "Save the image as grey or RGB.");
        }
        int bits = bits(page, samples, colour);
        refuseOtherSamples(page);
        boolean tiled = page.has(TILE_WIDTH);
        int segmentHeight = tiled
                ? side(page, TILE_HEIGHT)
                : (int) Math.min(Math.max(page.number(ROWS_PER_STRIP, height), 1), Math.max(height, 1));
        return new TiffLayout(
                width,
                height,
                bits,
                samples,
                colour,
                page.number(PLANAR, 1) == 2 && samples > 1,
                tiled,
                tiled ? side(page, TILE_WIDTH) : width,
                segmentHeight);
    }

    private static int side(TiffDirectory page, int tag) {
        long side = page.number(tag);
        if (side < 1 || side > Integer.MAX_VALUE) {
            throw UnreadableImageException.damaged("a side of its image or tiles has " + side + " pixels");
        }
        return (int) side;
    }

    private static Colour colour(long photometric) {
        if (photometric >= 0 && photometric <= 3) {
            return Colour.values()[(int) photometric];
        }
        throw UnreadableImageException.unsupported(
                "TIFF images in " + OTHER_COLOURS.getOrDefault(photometric, "colours of type " + photometric),
                "Save the image as grey or RGB.");
    }

    private static int bits(TiffDirectory page, int samples, Colour colour) {
        long[] all = page.has(BITS) ? page.numbers(BITS) : new long[] {1};
        long bits = all[0];
        for (long other : all) {
            if (other != bits) {
                throw UnreadableImageException.unsupported(
                        "TIFF images whose samples differ in depth", "Save the image with 8 or 16 bits.");
            }
        }
        boolean known = bits == 1 || bits == 2 || bits == 4 || bits == 8 || bits == 16;
        boolean packed = bits < 8 && samples > 1;
        if (!known || packed || colour == Colour.PALETTE && bits > 8) {
            throw UnreadableImageException.unsupported(
                    "TIFF images of " + samples + " samples of " + bits + " bits a pixel",
                    "Save the image with 8 or 16 bits.");
        }
        return (int) bits;
    }

    private static void refuseOtherSamples(TiffDirectory page) {
        long format = page.number(SAMPLE_FORMAT, 1);
        if (format != 1) {
            throw UnreadableImageException.unsupported(
                    "TIFF images of " + (format == 2 ? "signed" : format == 3 ? "floating-point" : "untyped")
                            + " samples",
                    "Save the image with unsigned samples of 8 or 16 bits.");
        }
        if (page.number(FILL_ORDER, 1) != 1) {
            throw UnreadableImageException.unsupported(
                    "TIFF images with reversed bits (fill order 2)", "Save the image with another program.");
        }
    }

    int channels() {
        return colour == Colour.RGB ? 3 : 1;
    }

    /** Whether there is a sample more than the colours need: alpha. */
    boolean hasExtra() {
        return samplesPerPixel > channels();
    }

    boolean isPalette() {
        return colour == Colour.PALETTE;
    }

    boolean whiteIsZero() {
        return colour == Colour.WHITE_IS_ZERO;
    }

    int across() {
        return (int) (((long) width + segmentWidth - 1) / segmentWidth);
    }

    int down() {
        return (int) (((long) height + segmentHeight - 1) / segmentHeight);
    }

    long paddedWidth() {
        return (long) across() * segmentWidth;
    }

    /** The last strip holds only what is left; the last tile is whole. */
    long paddedHeight() {
        return tiled ? (long) down() * segmentHeight : height;
    }
}
