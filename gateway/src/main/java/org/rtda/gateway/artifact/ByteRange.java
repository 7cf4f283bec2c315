package org.rtda.gateway.artifact;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A part of a content.
 *
 * @param from the first byte's place
 * @param length in bytes; 0 where nothing of what was asked for is there
 */
record ByteRange(long from, long length) {
    private static final Pattern ONE = Pattern.compile("bytes=\\s*(\\d*)-(\\d*)\\s*");
    /** Of a number that fits into a long. */
    private static final int MOST_DIGITS = 18;

    /**
     * What a Range header asks for (RFC 9110, 14.2). Of several ranges none is served in part: a server may leave the header out of
     * account.
     *
     * @param header null where there is none
     * @param size of the content, in bytes
     * @return empty for the whole content
     */
    static Optional<ByteRange> of(String header, long size) {
        Matcher one = ONE.matcher(header == null ? "" : header);
        if (!one.matches() || one.group(1).isEmpty() && one.group(2).isEmpty()) {
            return Optional.empty();
        }
        if (one.group(1).isEmpty()) {
            long last = Math.min(number(one.group(2)), size);
            return Optional.of(new ByteRange(size - last, last));
        }
        long first = number(one.group(1));
        long last = one.group(2).isEmpty() ? Long.MAX_VALUE : number(one.group(2));
        if (last < first) {
            return Optional.empty();
        }
        return Optional.of(new ByteRange(first, first >= size ? 0 : Math.min(last, size - 1) - first + 1));
    }

    private static long number(String digits) {
        return digits.length() > MOST_DIGITS ? Long.MAX_VALUE : Long.parseLong(digits);
    }

    /** As the header of an answer has it. */
    String inContent(long size) {
        return "bytes " + from + "-" + (from + length - 1) + "/" + size;
    }
}
