package org.rtda.store.npz;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * How an array holds whole numbers: numpy's integers of 1, 2, 4 and 8 bytes in either byte order, and bool as 0 and 1.
 *
 * @param bytes of each number
 */
record WholeNumbers(int bytes, boolean signed, ByteOrder order) {
    private static final Pattern DTYPE = Pattern.compile("([<>|])(?:([ui])([1248])|b1)");

    /** Empty for any other kind of value. @param dtype numpy's name, for example {@code >i4} */
    static Optional<WholeNumbers> of(String dtype) {
        Matcher parts = DTYPE.matcher(dtype);
        if (!parts.matches()) {
            return Optional.empty();
        }
        boolean isBool = parts.group(2) == null;
        int bytes = isBool ? 1 : Integer.parseInt(parts.group(3));
        if (bytes > 1 && parts.group(1).equals("|")) {
            return Optional.empty();
        }
        return Optional.of(new WholeNumbers(
                bytes,
                !isBool && parts.group(2).equals("i"),
                parts.group(1).equals(">") ? ByteOrder.BIG_ENDIAN : ByteOrder.LITTLE_ENDIAN));
    }

    /** The next one, as its 64 bits; an unsigned number from 2^63 on is negative. */
    long next(ByteBuffer values) {
        values.order(order);
        return switch (bytes) {
            case 1 -> signed ? values.get() : values.get() & 0xff;
            case 2 -> signed ? values.getShort() : values.getShort() & 0xffff;
            case 4 -> signed ? values.getInt() : values.getInt() & 0xffff_ffffL;
            default -> values.getLong();
        };
    }

    String text(long number) {
        return signed ? Long.toString(number) : Long.toUnsignedString(number);
    }
}
