package org.rtda.imaging.picture;

import java.util.Map;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;
import org.rtda.imaging.UnreadableImageException;
import org.rtda.imaging.codec.Bytes;
import org.rtda.imaging.codec.PackBits;

/** How the bytes of a TIFF segment are packed. */
enum TiffCompression {
    NONE {
        @Override
        byte[] unpack(Bytes packed, int size) {
            return packed.part(0, size).toArray();
        }
    },
    LZW {
        @Override
        byte[] unpack(Bytes packed, int size) {
            return TiffLzw.unpack(packed, size);
        }
    },
    DEFLATE {
        @Override
        byte[] unpack(Bytes packed, int size) {
            Inflater inflater = new Inflater();
            try {
                inflater.setInput(packed.buffer());
                byte[] target = new byte[size];
                int filled = 0;
                while (filled < size) {
                    int count = inflater.inflate(target, filled, size - filled);
                    if (count == 0) {
                        throw UnreadableImageException.damaged("its compressed pixels end before the image is full");
                    }
                    filled += count;
                }
                // reads the check sum
                inflater.inflate(new byte[1]);
                return target;
            } catch (DataFormatException e) {
                throw UnreadableImageException.damaged("its compressed pixels cannot be inflated");
            } finally {
                inflater.end();
            }
        }
    },
    PACK_BITS {
        @Override
        byte[] unpack(Bytes packed, int size) {
            return PackBits.unpack(packed, size);
        }
    };

    private static final int TAG = 259;
    private static final Map<Long, TiffCompression> BY_NUMBER =
            Map.of(1L, NONE, 5L, LZW, 8L, DEFLATE, 32946L, DEFLATE, 32773L, PACK_BITS);
    private static final Map<Long, String> OTHERS = Map.of(
            2L, "CCITT (fax) compression",
            3L, "CCITT (fax) compression",
            4L, "CCITT (fax) compression",
            6L, "JPEG compression",
            7L, "JPEG compression",
            34712L, "JPEG 2000 compression",
            50000L, "Zstandard compression",
            50001L, "WebP compression");

    /**
     * Exactly this many bytes; what follows in the packed bytes is padding.
     *
     * @throws UnreadableImageException when there are fewer
     */
    abstract byte[] unpack(Bytes packed, int size);

    /** Whether samples may be stored as differences to their neighbours (TIFF 6.0 section 14, and Adobe's note on deflate). */
    boolean takesDifferences() {
        return this == LZW || this == DEFLATE;
    }

    static TiffCompression of(TiffDirectory page) {
        long number = page.number(TAG, 1);
        TiffCompression known = BY_NUMBER.get(number);
        if (known == null) {
            throw UnreadableImageException.unsupported(
                    "TIFF images with " + OTHERS.getOrDefault(number, "compression " + number),
                    "Save the image without compression, or with LZW or deflate.");
        }
        return known;
    }
}
