package org.rtda.imaging.picture;

import org.rtda.imaging.UnreadableImageException;
import org.rtda.imaging.codec.Bytes;
import org.rtda.imaging.codec.Samples;

/** The segments (strips or tiles) of a TIFF page to samples, H x W x samples of a pixel. */
final class TiffPixels {
    private static final int STRIP_OFFSETS = 273;
    private static final int STRIP_BYTES = 279;
    private static final int TILE_OFFSETS = 324;
    private static final int TILE_BYTES = 325;
    private static final int PREDICTOR = 317;

    private final TiffDirectory page;
    private final TiffLayout layout;
    private final TiffCompression compression;
    private final boolean differences;

    TiffPixels(TiffDirectory page, TiffLayout layout) {
        this.page = page;
        this.layout = layout;
        long predictor = page.number(PREDICTOR, 1);
        this.compression = TiffCompression.of(page);
        this.differences = predictor == 2;
        if (differences && !compression.takesDifferences()) {
            // libtiff leaves the predictor out of account, other programs apply it: one of the two pictures is wrong
            throw UnreadableImageException.unsupported(
                    "TIFF images with predictor 2 but without LZW or deflate",
                    "Programs read them differently: save the image without predictor.");
        }
        if (predictor != 1 && !(differences && layout.bits() >= 8)) {
            throw UnreadableImageException.unsupported(
                    "TIFF images with predictor " + predictor + " and " + layout.bits() + " bits",
                    "Save the image without compression.");
        }
    }

    char[] samples() {
        long[] offsets = page.numbers(layout.tiled() ? TILE_OFFSETS : STRIP_OFFSETS);
        int planes = layout.planar() ? layout.samplesPerPixel() : 1;
        long wanted = (long) layout.across() * layout.down() * planes;
        if (offsets.length < wanted) {
            throw UnreadableImageException.damaged(
                    "it has " + offsets.length + " strips or tiles, " + wanted + " are needed");
        }
        char[] samples = new char[Samples.count(layout.width(), layout.height(), layout.samplesPerPixel())];
        int segment = 0;
        for (int plane = 0; plane < planes; plane++) {
            for (int y = 0; y < layout.down(); y++) {
                for (int x = 0; x < layout.across(); x++) {
                    decode(segmentBytes(offsets, segment++), plane, x, y, samples);
                }
            }
        }
        return samples;
    }

    private Bytes segmentBytes(long[] offsets, int segment) {
        int tag = layout.tiled() ? TILE_BYTES : STRIP_BYTES;
        if (!page.has(tag) && offsets.length == 1) {
            return page.file().after(offsets[0]);
        }
        long[] sizes = page.numbers(tag);
        if (sizes.length <= segment) {
            throw UnreadableImageException.damaged("it does not say how long its strips or tiles are");
        }
        return page.file().part(offsets[segment], sizes[segment]);
    }

    private void decode(Bytes packed, int plane, int x, int y, char[] samples) {
        int perPixel = layout.planar() ? 1 : layout.samplesPerPixel();
        int top = y * layout.segmentHeight();
        int left = x * layout.segmentWidth();
        int rows = layout.tiled() ? layout.segmentHeight() : Math.min(layout.segmentHeight(), layout.height() - top);
        int perRow = Samples.count(layout.segmentWidth(), 1, perPixel);
        long rowBytes = ((long) perRow * layout.bits() + 7) / 8;
        byte[] unpacked = compression.unpack(packed, Samples.count(rowBytes, rows, 1));
        if (layout.bits() == 16 && page.file().isLittleEndian()) {
            swap(unpacked);
        }
        int shownRows = Math.min(rows, layout.height() - top);
        int shownColumns = Math.min(layout.segmentWidth(), layout.width() - left);
        char[] line = new char[perRow];
        for (int row = 0; row < shownRows; row++) {
            Samples.unpack(unpacked, (int) (row * rowBytes), layout.bits(), line, 0, perRow);
            if (differences) {
                sum(line, perPixel);
            }
            int target = ((top + row) * layout.width() + left) * layout.samplesPerPixel();
            if (layout.planar()) {
                for (int i = 0; i < shownColumns; i++) {
                    samples[target + i * layout.samplesPerPixel() + plane] = line[i];
                }
            } else {
                System.arraycopy(line, 0, samples, target, shownColumns * perPixel);
            }
        }
    }

    private void sum(char[] line, int perPixel) {
        int mask = (1 << layout.bits()) - 1;
        for (int i = perPixel; i < line.length; i++) {
            line[i] = (char) (line[i] + line[i - perPixel] & mask);
        }
    }

    private static void swap(byte[] bytes) {
        for (int i = 0; i + 1 < bytes.length; i += 2) {
            byte first = bytes[i];
            bytes[i] = bytes[i + 1];
            bytes[i + 1] = first;
        }
    }
}
