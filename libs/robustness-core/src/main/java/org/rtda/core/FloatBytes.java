package org.rtda.core;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;

/**
 * Arrays of float32, little-endian, on their way to a stream and from it. They pass in pieces that fit a processor's cache, so
 * whoever copies or sums the bytes on the way still finds them there, and no second array of their size is needed.
 */
public final class FloatBytes {
    private static final int PIECE_BYTES = 64 << 10;

    private FloatBytes() {}

    /** Writes every value, four bytes each. */
    public static void write(float[] values, OutputStream to) throws IOException {
        ByteBuffer piece = piece(values.length);
        FloatBuffer floats = piece.asFloatBuffer();
        for (int done = 0; done < values.length; ) {
            int count = Math.min(floats.capacity(), values.length - done);
            floats.clear().put(values, done, count);
            to.write(piece.array(), 0, Float.BYTES * count);
            done += count;
        }
    }

    /**
     * Fills the array, and reads no byte beyond.
     *
     * @throws EOFException when the stream ends before the array is full
     */
    public static void read(InputStream from, float[] into) throws IOException {
        ByteBuffer piece = piece(into.length);
        FloatBuffer floats = piece.asFloatBuffer();
        for (int done = 0; done < into.length; ) {
            int count = Math.min(floats.capacity(), into.length - done);
            if (from.readNBytes(piece.array(), 0, Float.BYTES * count) < Float.BYTES * count) {
                throw new EOFException("the stream ends before value " + (done + count) + " of " + into.length);
            }
            floats.clear().get(into, done, count);
            done += count;
        }
    }

    private static ByteBuffer piece(int values) {
        return ByteBuffer.allocate((int) Math.min(PIECE_BYTES, (long) Float.BYTES * values))
                .order(ByteOrder.LITTLE_ENDIAN);
    }
}
