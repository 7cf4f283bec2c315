package org.rtda.imaging.dicom;

import java.util.List;
import org.rtda.imaging.UnreadableImageException;
import org.rtda.imaging.codec.Bytes;

/**
 * A lookup table (PS3.3 C.11.1, C.11.2, C.7.6.3.1.5): values before the first entry take the first, values after the last take the
 * last.
 *
 * @param first the value that takes the first entry
 * @param bits depth of the entries, 8 to 16
 */
record LookupTable(int first, int bits, char[] entries) {

    /**
     * @param signedInput whether the table's input is signed, and so its first value, whatever the file says of the descriptor
     */
    static LookupTable of(DataSet item, Attribute descriptor, Attribute data, boolean signedInput) {
        Value description = item.value(descriptor)
                .orElseThrow(() -> UnreadableImageException.damaged("its attribute " + descriptor + " is missing"));
        List<Double> numbers = description.numbers();
        Value value = item.value(data)
                .orElseThrow(() -> UnreadableImageException.unsupported(
                        "DICOM images whose lookup table has no plain " + data,
                        "Segmented and well-known tables are not read: convert the image to RGB."));
        if (numbers.size() != 3) {
            throw UnreadableImageException.damaged("its attribute " + descriptor + " must have 3 values");
        }
        int count = numbers.get(0).intValue() & 0xffff;
        int first = numbers.get(1).intValue() & 0xffff;
        int bits = numbers.get(2).intValue();
        if (bits < 8 || bits > 16) {
            throw UnreadableImageException.damaged(
                    "the entries of its lookup table must have 8 to 16 bits, they have " + bits);
        }
        boolean signed = signedInput || description.representation().equals("SS");
        return new LookupTable(
                signed ? (short) first : first, bits, entries(value, count == 0 ? 1 << 16 : count, bits));
    }

    private static char[] entries(Value value, int count, int bits) {
        Bytes bytes = value.bytes();
        boolean packed = bits == 8 && bytes.length() < 2L * count;
        char[] entries = new char[count];
        for (int i = 0; i < count; i++) {
            // two entries of 8 bits in a word, the first in its lower half
            int place = bytes.isLittleEndian() ? i : i ^ 1;
            entries[i] = (char) (packed ? bytes.u8(place) : bytes.u16(2L * i));
            if (entries[i] >= 1 << bits) {
                throw UnreadableImageException.damaged("an entry of its lookup table is " + (int) entries[i] + ", "
                        + bits + " bits hold at most " + ((1 << bits) - 1));
            }
        }
        return entries;
    }

    char at(int input) {
        long index = (long) input - first;
        return entries[(int) Math.max(0, Math.min(index, entries.length - 1))];
    }

    int greatest() {
        return (1 << bits) - 1;
    }
}
