package org.rtda.imaging.picture;

import org.rtda.imaging.UnreadableImageException;
import org.rtda.imaging.codec.Bytes;

/** LZW as TIFF 6.0 has it: codes of 9 to 12 bits, most significant bit first, one bit wider one code before they are needed. */
final class TiffLzw {
    private static final int CLEAR = 256;
    private static final int END = 257;
    private static final int FIRST = 258;
    private static final int TABLE = 4096;

    private final Bytes packed;
    private final byte[] target;
    private final int[] prefix = new int[TABLE];
    private final int[] length = new int[TABLE];
    private final byte[] last = new byte[TABLE];
    private long bit;
    private int filled;

    private TiffLzw(Bytes packed, int size) {
        this.packed = packed;
        this.target = new byte[size];
        for (int i = 0; i < CLEAR; i++) {
            last[i] = (byte) i;
            length[i] = 1;
        }
    }

    static byte[] unpack(Bytes packed, int size) {
        TiffLzw lzw = new TiffLzw(packed, size);
        lzw.run();
        return lzw.target;
    }

    private void run() {
        int width = 9;
        int next = FIRST;
        int previous = -1;
        while (filled < target.length) {
            int code = code(width);
            if (code == END) {
                break;
            }
            if (code == CLEAR) {
                width = 9;
                next = FIRST;
                previous = -1;
                continue;
            }
            if (previous < 0) {
                if (code > CLEAR) {
                    throw damaged();
                }
                write(code);
            } else {
                if (code > next || next == TABLE) {
                    throw damaged();
                }
                prefix[next] = previous;
                length[next] = length[previous] + 1;
                last[next] = first(code == next ? previous : code);
                write(code);
                next++;
            }
            previous = code;
            if (next >= (1 << width) - 1 && width < 12) {
                width++;
            }
        }
        if (filled < target.length) {
            throw UnreadableImageException.damaged("its compressed pixels end before the image is full");
        }
    }

    private int code(int width) {
        int code = 0;
        for (int i = 0; i < width; i++, bit++) {
            code = code << 1 | packed.u8(bit >> 3) >> (7 - (bit & 7)) & 1;
        }
        return code;
    }

    private byte first(int code) {
        int at = code;
        while (at >= FIRST) {
            at = prefix[at];
        }
        return last[at];
    }

    /** From its end to its beginning; what does not fit is cut off. */
    private void write(int code) {
        int end = filled + length[code];
        int at = code;
        for (int i = end - 1; i >= filled; i--) {
            if (i < target.length) {
                target[i] = last[at];
            }
            at = at >= FIRST ? prefix[at] : at;
        }
        filled = Math.min(end, target.length);
    }

    private static UnreadableImageException damaged() {
        return UnreadableImageException.damaged("its LZW data hold an impossible code");
    }
}
