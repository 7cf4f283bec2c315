package org.rtda.imaging.picture;

import java.util.List;
import org.rtda.imaging.DecodedImage;
import org.rtda.imaging.ImageFacts;
import org.rtda.imaging.ReadOptions;
import org.rtda.imaging.SampledImage;
import org.rtda.imaging.UnreadableImageException;
import org.rtda.imaging.codec.Bytes;
import org.rtda.imaging.codec.Samples;

/**
 * Windows bitmaps: 1, 4 and 8 bits with a palette, 24 bits, 32 bits, and 16 and 32 bits with masks of up to 8 bits a colour. The
 * fourth byte of 32 bits without masks means nothing. Run-length compression is refused.
 */
public final class BmpReader implements ImageReader {
    private static final String FORMAT = "BMP";
    private static final int FILE_HEADER = 14;
    private static final int CORE_HEADER = 12;
    private static final int UNCOMPRESSED = 0;
    private static final int MASKS = 3;
    private static final int MASKS_WITH_ALPHA = 6;

    @Override
    public List<String> formats() {
        return List.of(FORMAT);
    }

    @Override
    public boolean recognises(Bytes content) {
        return content.startsWith(0, "BM")
                && content.length() >= FILE_HEADER + CORE_HEADER
                && content.littleEndian().u32(FILE_HEADER) >= CORE_HEADER
                && content.littleEndian().u32(FILE_HEADER) <= 256;
    }

    @Override
    public DecodedImage read(Bytes content, ReadOptions options) {
        options.indexOfFrame(1, "image");
        Header header = Header.of(content.littleEndian());
        options.limits().check(header.width, header.height);
        long rowBytes = ((long) header.width * header.bits + 31) / 32 * 4;
        Bytes pixels = header.file.part(header.pixelsAt, rowBytes * header.height);
        SampledImage image = header.bits <= 8 ? palette(header, pixels, rowBytes) : colours(header, pixels, rowBytes);
        return new DecodedImage(image, ImageFacts.of(FORMAT));
    }

    private static SampledImage palette(Header header, Bytes pixels, long rowBytes) {
        char[] numbers = new char[Samples.count(header.width, header.height, 1)];
        byte[] row = new byte[(int) rowBytes];
        for (int y = 0; y < header.height; y++) {
            pixels.copyTo(header.storedRow(y) * rowBytes, row, 0, row.length);
            Samples.unpack(row, 0, header.bits, numbers, y * header.width, header.width);
        }
        return header.palette().image(header.width, header.height, numbers);
    }

    private static SampledImage colours(Header header, Bytes pixels, long rowBytes) {
        long[] masks = header.masks();
        int pixelBytes = header.bits / 8;
        char[] samples = new char[Samples.count(header.width, header.height, 3)];
        boolean opaque = true;
        boolean clear = true;
        int at = 0;
        for (int y = 0; y < header.height; y++) {
            long rowAt = header.storedRow(y) * rowBytes;
            for (int x = 0; x < header.width; x++) {
                long value = header.value(pixels, rowAt + (long) x * pixelBytes);
                samples[at++] = scaled(value, masks[0]);
                samples[at++] = scaled(value, masks[1]);
                samples[at++] = scaled(value, masks[2]);
                opaque &= (value & masks[3]) == masks[3];
                clear &= (value & masks[3]) == 0;
            }
        }
        // many programs leave the alpha of every pixel at 0 and mean that there is none
        if (!opaque && !clear) {
            throw Opacity.transparent();
        }
        return new SampledImage(header.width, header.height, 3, 8, samples);
    }

    /** The masked bits as 0 to 255. */
    private static char scaled(long value, long mask) {
        int shift = Long.numberOfTrailingZeros(mask);
        long greatest = mask >> shift;
        return (char) (((value & mask) >> shift) * 255 / greatest);
    }

    private record Header(
            Bytes file, int size, int width, int height, boolean topDown, int bits, int compression, long pixelsAt) {

        static Header of(Bytes file) {
            int size = (int) file.u32(FILE_HEADER);
            boolean core = size == CORE_HEADER;
            if (!core && size < 40) {
                throw UnreadableImageException.damaged(
                        "its BMP header has " + size + " bytes, 12 or at least 40 are possible");
            }
            long width = core ? file.u16(18) : file.s32(18);
            long height = core ? file.u16(20) : file.s32(22);
            int bits = core ? file.u16(24) : file.u16(28);
            long compression = core ? UNCOMPRESSED : file.u32(30);
            boolean masked = compression == MASKS || compression == MASKS_WITH_ALPHA;
            if (compression != UNCOMPRESSED && !masked) {
                throw UnreadableImageException.unsupported(
                        "Compressed BMP files", "Save the picture without compression, or as PNG.");
            }
            boolean known =
                    switch (bits) {
                        case 1, 4, 8, 24 -> !masked;
                        case 16, 32 -> true;
                        default -> false;
                    };
            if (!known) {
                throw UnreadableImageException.damaged("its BMP header says " + bits + " bits a pixel"
                        + (masked ? " with masks" : "") + ", possible are 1, 4, 8, 16, 24 and 32");
            }
            return new Header(
                    file,
                    size,
                    (int) width,
                    (int) Math.min(Math.abs(height), Integer.MAX_VALUE),
                    height < 0,
                    bits,
                    (int) compression,
                    file.u32(10));
        }

        /** The lowest row comes first, unless the height is negative. */
        long storedRow(int y) {
            return topDown ? y : height - 1L - y;
        }

        long value(Bytes pixels, long at) {
            return switch (bits) {
                case 16 -> pixels.u16(at);
                case 24 -> pixels.u8(at) | pixels.u8(at + 1) << 8 | pixels.u8(at + 2) << 16;
                default -> pixels.u32(at);
            };
        }

        Palette palette() {
            boolean core = size == CORE_HEADER;
            long used = core ? 0 : file.u32(46);
            int colours = used == 0 ? 1 << bits : (int) Math.min(used, 1 << bits);
            int entry = core ? 3 : 4;
            Bytes entries = file.part(FILE_HEADER + (long) size, (long) colours * entry);
            char[] red = new char[colours];
            char[] green = new char[colours];
            char[] blue = new char[colours];
            for (int i = 0; i < colours; i++) {
                blue[i] = (char) entries.u8((long) i * entry);
                green[i] = (char) entries.u8((long) i * entry + 1);
                red[i] = (char) entries.u8((long) i * entry + 2);
            }
            return new Palette(red, green, blue, 8);
        }

        /** Bits of red, green, blue and alpha; the last 0 where there is none. */
        long[] masks() {
            if (compression == UNCOMPRESSED) {
                return bits == 16 ? new long[] {0x7c00, 0x3e0, 0x1f, 0} : new long[] {0xff0000, 0xff00, 0xff, 0};
            }
            boolean hasAlpha = size >= 56 || compression == MASKS_WITH_ALPHA;
            long[] masks = {file.u32(54), file.u32(58), file.u32(62), hasAlpha ? file.u32(66) : 0};
            for (int i = 0; i < 3; i++) {
                long bitsOfMask = masks[i] == 0 ? 0 : masks[i] >> Long.numberOfTrailingZeros(masks[i]);
                if (bitsOfMask == 0 || bitsOfMask > 255 || (bitsOfMask & bitsOfMask + 1) != 0) {
                    throw UnreadableImageException.unsupported(
                            "BMP files whose colour masks are not of 1 to 8 adjacent bits", "Save the picture as PNG.");
                }
            }
            return masks;
        }
    }
}
