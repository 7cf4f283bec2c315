package org.rtda.imaging.dicom;

import org.rtda.imaging.UnreadableImageException;
import org.rtda.imaging.codec.CodedImage;

/**
 * The stored values of a frame, before anybody says what they mean.
 *
 * @param bits depth: unsigned values are below {@code 2^bits}, signed ones from {@code -2^(bits-1)} on
 * @param signed whether the values are two's complement of 16 bits
 * @param values H x W x samples of a pixel, row-major
 */
record StoredPixels(int bits, boolean signed, char[] values) {

    int value(int index) {
        return signed ? (short) values[index] : values[index];
    }

    int least() {
        return signed ? -(1 << bits - 1) : 0;
    }

    int greatest() {
        return signed ? (1 << bits - 1) - 1 : (1 << bits) - 1;
    }

    /** Cut to their depth, and where signed the sign bit copied upwards: what the unused bits hold does not count. */
    static StoredPixels of(char[] raw, int bits, int shift, boolean signed) {
        int mask = (1 << bits) - 1;
        int unused = 32 - bits;
        for (int i = 0; i < raw.length; i++) {
            int value = raw[i] >> shift & mask;
            raw[i] = (char) (signed ? value << unused >> unused : value);
        }
        return new StoredPixels(bits, signed, raw);
    }

    /**
     * Of a compressed stream, which says itself how deep its samples are and often says more than is stored. A sign that the stream
     * does not know is in the highest bit of what is stored, and may be repeated above.
     *
     * @throws UnreadableImageException when a value is beyond what is stored: the stream and the data set contradict each other
     */
    static StoredPixels ofCoded(CodedImage image, int bits, boolean signed) {
        char[] values = image.samples();
        int unused = 32 - Math.min(bits, image.bits());
        int mask = (1 << image.bits()) - 1;
        int storedMask = (1 << bits) - 1;
        for (int i = 0; i < values.length; i++) {
            int raw = values[i];
            int value = signed ? raw << unused >> unused : raw;
            boolean fits = raw == (value & mask) || raw == (value & mask & storedMask);
            if (!fits || !signed && raw > storedMask) {
                throw UnreadableImageException.damaged(
                        "its compressed pixels hold values of more than the " + bits + " bits that it says are stored");
            }
            values[i] = (char) value;
        }
        return new StoredPixels(bits, signed, values);
    }
}
