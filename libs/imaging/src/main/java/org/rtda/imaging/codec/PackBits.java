package org.rtda.imaging.codec;

import java.util.Arrays;
import org.rtda.imaging.UnreadableImageException;

/** Run-length compression of bytes, as in TIFF (PackBits) and in the segments of DICOM's RLE Lossless (PS3.5 annex G). */
public final class PackBits {
    private PackBits() {}

    /**
     * @param size how many bytes must come out; what follows in the packed bytes is padding
     * @throws UnreadableImageException when the packed bytes end before
     */
    public static byte[] unpack(Bytes packed, int size) {
        byte[] target = new byte[size];
        int filled = 0;
        int at = 0;
        while (filled < size) {
            if (at >= packed.length()) {
                throw UnreadableImageException.damaged("its run-length data end before the image is full");
            }
            int count = (byte) packed.u8(at++);
            if (count >= 0) {
                int length = Math.min(count + 1, size - filled);
                packed.copyTo(at, target, filled, length);
                at += count + 1;
                filled += length;
            } else if (count != -128) {
                int end = Math.min(filled + 1 - count, size);
                Arrays.fill(target, filled, end, (byte) packed.u8(at++));
                filled = end;
            }
        }
        return target;
    }
}
