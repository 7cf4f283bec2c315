package org.rtda.imaging.codec;

import java.nio.ByteBuffer;
import org.rtda.imaging.UnreadableImageException;

/**
 * A part of a file that is read by position. A read beyond the end says that the file is cut off, whatever a damaged length in it
 * claimed.
 */
public final class Bytes {
    private final byte[] content;
    private final int from;
    private final int length;
    private final boolean littleEndian;

    private Bytes(byte[] content, int from, int length, boolean littleEndian) {
        this.content = content;
        this.from = from;
        this.length = length;
        this.littleEndian = littleEndian;
    }

    /** Most significant byte first. The content is not copied. */
    public static Bytes of(byte[] content) {
        return new Bytes(content, 0, content.length, false);
    }

    /** The same bytes, least significant byte first. */
    public Bytes littleEndian() {
        return new Bytes(content, from, length, true);
    }

    /** The same bytes, most significant byte first. */
    public Bytes bigEndian() {
        return new Bytes(content, from, length, false);
    }

    public int length() {
        return length;
    }

    public boolean isLittleEndian() {
        return littleEndian;
    }

    public int u8(long at) {
        return content[index(at, 1)] & 0xff;
    }

    public int u16(long at) {
        int i = index(at, 2);
        int first = content[i] & 0xff;
        int second = content[i + 1] & 0xff;
        return littleEndian ? second << 8 | first : first << 8 | second;
    }

    public int s16(long at) {
        return (short) u16(at);
    }

    public long u32(long at) {
        long first = u16(at);
        long second = u16(at + 2);
        return littleEndian ? second << 16 | first : first << 16 | second;
    }

    public int s32(long at) {
        return (int) u32(at);
    }

    public long s64(long at) {
        long first = u32(at);
        long second = u32(at + 4);
        return littleEndian ? second << 32 | first : first << 32 | second;
    }

    public double f64(long at) {
        return Double.longBitsToDouble(s64(at));
    }

    public float f32(long at) {
        return Float.intBitsToFloat(s32(at));
    }

    /** A part of these bytes, in the same order. */
    public Bytes part(long at, long size) {
        return new Bytes(content, index(at, size), (int) size, littleEndian);
    }

    /** From a position to the end. */
    public Bytes after(long at) {
        return part(at, length - at);
    }

    /** A read-only view. */
    public ByteBuffer buffer() {
        return ByteBuffer.wrap(content, from, length).asReadOnlyBuffer();
    }

    /** A copy. */
    public byte[] toArray() {
        byte[] copy = new byte[length];
        System.arraycopy(content, from, copy, 0, length);
        return copy;
    }

    /** A copy of some of them into an array. */
    public void copyTo(long at, byte[] target, int targetAt, int size) {
        System.arraycopy(content, index(at, size), target, targetAt, size);
    }

    /** Whether these characters, each one byte, stand here. */
    public boolean startsWith(long at, String text) {
        if (at < 0 || at + text.length() > length) {
            return false;
        }
        for (int i = 0; i < text.length(); i++) {
            if (u8(at + i) != text.charAt(i)) {
                return false;
            }
        }
        return true;
    }

    private int index(long at, long size) {
        if (at < 0 || size < 0 || at > length - size) {
            throw new UnreadableImageException("The file is cut off or damaged: it refers to " + size
                    + " bytes at position " + at + " of a part of " + length + " bytes. Get the file again.");
        }
        return from + (int) at;
    }
}
