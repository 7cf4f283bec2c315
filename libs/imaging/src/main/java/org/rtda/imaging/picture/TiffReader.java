package org.rtda.imaging.picture;

import java.util.List;
import java.util.stream.LongStream;
import org.rtda.imaging.DecodedImage;
import org.rtda.imaging.ImageFacts;
import org.rtda.imaging.ReadOptions;
import org.rtda.imaging.SampledImage;
import org.rtda.imaging.UnreadableImageException;
import org.rtda.imaging.codec.Bytes;

/**
 * TIFF 6.0: grey, RGB and palette of 1, 2, 4, 8 or 16 bits, in strips or tiles, without compression or with LZW, deflate or PackBits,
 * upright as the file says. Pages are frames; thumbnails and masks are no pages. Other compressions and colours are refused by name.
 */
public final class TiffReader implements ImageReader {
    private static final String FORMAT = "TIFF";
    private static final int SUBFILE_TYPE = 254;
    private static final int ORIENTATION = 274;
    private static final int COLOUR_MAP = 320;

    @Override
    public List<String> formats() {
        return List.of(FORMAT);
    }

    @Override
    public boolean recognises(Bytes content) {
        return TiffDirectory.recognises(content);
    }

    @Override
    public DecodedImage read(Bytes content, ReadOptions options) {
        List<TiffDirectory> pages = TiffDirectory.first(content).all().stream()
                .filter(TiffReader::isPage)
                .toList();
        if (pages.isEmpty()) {
            throw UnreadableImageException.damaged("it holds a thumbnail or a mask, but no image");
        }
        TiffDirectory page = pages.get(options.indexOfFrame(pages.size(), "page"));
        TiffLayout layout = TiffLayout.of(page);
        options.limits().check(layout.width(), layout.height());
        // what segments hold beyond the image's borders is decoded, too
        options.limits().check(layout.paddedWidth(), layout.paddedHeight());
        char[] samples = new TiffPixels(page, layout).samples();
        SampledImage stored = image(page, layout, samples);
        return new DecodedImage(Orientation.upright(stored, (int) page.number(ORIENTATION, 1)), ImageFacts.of(FORMAT));
    }

    /** Bit 0: a smaller version of another page; bit 2: a mask of one. */
    private static boolean isPage(TiffDirectory directory) {
        return (directory.number(SUBFILE_TYPE, 0) & 0b101) == 0;
    }

    private static SampledImage image(TiffDirectory page, TiffLayout layout, char[] samples) {
        int greatest = (1 << layout.bits()) - 1;
        char[] colours =
                layout.hasExtra() ? Opacity.withoutAlpha(samples, layout.samplesPerPixel(), greatest) : samples;
        if (layout.isPalette()) {
            return palette(page.numbers(COLOUR_MAP), layout.bits()).image(layout.width(), layout.height(), colours);
        }
        if (layout.whiteIsZero()) {
            for (int i = 0; i < colours.length; i++) {
                colours[i] = (char) (greatest - colours[i]);
            }
        }
        return new SampledImage(layout.width(), layout.height(), layout.channels(), layout.bits(), colours);
    }

    /** Palettes have 16 bits; most were made from 8, times 257 or 256, and some writers forgot to. */
    private static Palette palette(long[] values, int bits) {
        int size = 1 << bits;
        if (values.length != 3 * size) {
            throw UnreadableImageException.damaged(
                    "its palette has " + values.length + " values, " + 3 * size + " are needed");
        }
        int factor = LongStream.of(values).allMatch(value -> value < 256)
                ? 1
                : allAreTimes(257, values) ? 257 : allAreTimes(256, values) ? 256 : 0;
        int divisor = Math.max(factor, 1);
        char[][] colours = new char[3][size];
        for (int i = 0; i < values.length; i++) {
            colours[i / size][i % size] = (char) (values[i] / divisor);
        }
        return new Palette(colours[0], colours[1], colours[2], factor == 0 ? 16 : 8);
    }

    private static boolean allAreTimes(int factor, long[] values) {
        return LongStream.of(values).allMatch(value -> value % factor == 0);
    }
}
