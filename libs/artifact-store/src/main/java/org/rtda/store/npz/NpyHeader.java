package org.rtda.store.npz;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.rtda.store.InvalidDatasetException;

/**
 * The head of a {@code .npy} array, format 1.0, 2.0 or 3.0 (numpy.lib.format), in C order, or along
 * one dimension only, where C and Fortran order are the same.
 *
 * @param dtype numpy's name, for example {@code |u1}
 * @param shape sizes, outermost first, each at least 0
 * @param headerBytes where the values begin
 */
record NpyHeader(String dtype, long[] shape, int headerBytes) {
    private static final byte[] MAGIC = {(byte) 0x93, 'N', 'U', 'M', 'P', 'Y'};
    private static final int LONGEST_HEADER = 1 << 16;
    private static final int MOST_DIMENSIONS = 32;
    private static final Pattern DTYPE = Pattern.compile("'descr'\\s*:\\s*'([^']{1,16})'");
    private static final Pattern ORDER = Pattern.compile("'fortran_order'\\s*:\\s*(True|False)");
    private static final Pattern SHAPE = Pattern.compile("'shape'\\s*:\\s*\\(([0-9L, ]*)\\)");
    /** Python 2 marks its long numbers with an L. */
    private static final Pattern SIZE = Pattern.compile("([0-9]{1,10})L?");

    /** @throws InvalidDatasetException with the reason only; the caller adds which array of which file it is */
    static NpyHeader read(InputStream npy) throws IOException {
        byte[] start = npy.readNBytes(MAGIC.length + 2);
        if (start.length < MAGIC.length + 2 || !Arrays.equals(start, 0, MAGIC.length, MAGIC, 0, MAGIC.length)) {
            throw new InvalidDatasetException("is not a .npy array");
        }
        int version = start[MAGIC.length];
        if (version < 1 || version > 3) {
            throw new InvalidDatasetException(".npy format must be 1, 2 or 3, was " + version);
        }
        int lengthBytes = version == 1 ? 2 : 4;
        byte[] length = Arrays.copyOf(npy.readNBytes(lengthBytes), 4);
        int headerLength =
                ByteBuffer.wrap(length).order(ByteOrder.LITTLE_ENDIAN).getInt();
        if (headerLength < 0 || headerLength > LONGEST_HEADER) {
            throw new InvalidDatasetException("header must be at most " + LONGEST_HEADER + " bytes, says it is "
                    + Integer.toUnsignedString(headerLength));
        }
        byte[] text = npy.readNBytes(headerLength);
        if (text.length < headerLength) {
            throw new InvalidDatasetException("is cut off in its header");
        }
        return parse(new String(text, StandardCharsets.UTF_8), MAGIC.length + 2 + lengthBytes + headerLength);
    }

    private static NpyHeader parse(String header, int headerBytes) {
        Matcher dtype = DTYPE.matcher(header);
        Matcher order = ORDER.matcher(header);
        Matcher shape = SHAPE.matcher(header);
        if (!dtype.find()) {
            throw new InvalidDatasetException("has no plain dtype (structured arrays are not read): " + shown(header));
        }
        if (dtype.group(1).contains("O")) {
            throw new InvalidDatasetException(
                    "holds pickled Python objects, which are never read; save it with a plain dtype such as uint8");
        }
        if (!order.find() || !shape.find()) {
            throw new InvalidDatasetException("has no fortran_order or no shape in its header: " + shown(header));
        }
        long[] sizes = sizes(shape.group(1));
        if (order.group(1).equals("True") && !isLine(sizes)) {
            throw new InvalidDatasetException("is in Fortran order; save it with numpy.ascontiguousarray");
        }
        return new NpyHeader(dtype.group(1), sizes, headerBytes);
    }

    /** Values along one dimension only lie the same in both orders. */
    private static boolean isLine(long[] sizes) {
        return Arrays.stream(sizes).filter(size -> size != 1).count() <= 1;
    }

    private static long[] sizes(String tuple) {
        String[] parts = tuple.isBlank() ? new String[0] : tuple.strip().split(",");
        if (parts.length > MOST_DIMENSIONS) {
            throw new InvalidDatasetException(
                    "must have at most " + MOST_DIMENSIONS + " dimensions, has " + parts.length);
        }
        long[] sizes = new long[parts.length];
        for (int i = 0; i < parts.length; i++) {
            Matcher size = SIZE.matcher(parts[i].strip());
            if (!size.matches()) {
                throw new InvalidDatasetException("has the unreadable shape (" + shown(tuple) + ")");
            }
            sizes[i] = Long.parseLong(size.group(1));
        }
        return sizes;
    }

    /** The number of values; {@link Long#MAX_VALUE} when it is beyond counting. */
    long values() {
        long values = 1;
        for (long size : shape) {
            if (size != 0 && values > Long.MAX_VALUE / size) {
                return Long.MAX_VALUE;
            }
            values *= size;
        }
        return values;
    }

    String shapeText() {
        return Arrays.toString(shape).replace('[', '(').replace(']', ')');
    }

    private static String shown(String header) {
        return header.substring(0, Math.min(header.length(), 120)).strip();
    }
}
