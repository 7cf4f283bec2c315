package org.rtda.imaging.dicom;

import java.util.Set;
import org.rtda.imaging.codec.Bytes;

/**
 * How the elements of a data set are written.
 *
 * @param explicit whether each element names its value representation
 */
record Encoding(boolean explicit, boolean littleEndian) {
    static final Encoding EXPLICIT_LITTLE_ENDIAN = new Encoding(true, true);
    static final Encoding IMPLICIT_LITTLE_ENDIAN = new Encoding(false, true);
    static final Encoding EXPLICIT_BIG_ENDIAN = new Encoding(true, false);

    /** Those with two reserved bytes and a length of 32 bits. */
    private static final Set<String> LONG =
            Set.of("OB", "OD", "OF", "OL", "OV", "OW", "SQ", "SV", "UC", "UN", "UR", "UT", "UV");

    private static final Set<String> SHORT = Set.of(
            "AE", "AS", "AT", "CS", "DA", "DS", "DT", "FD", "FL", "IS", "LO", "LT", "PN", "SH", "SL", "SS", "ST", "TM",
            "UI", "UL", "US");

    /**
     * The encoding that the first element shows, where nothing else says it or what says it is wrong, as some writers are. An
     * implicit length that reads as a value representation would belong to a first element of 16 KiB.
     */
    static Encoding seenIn(Bytes dataSet) {
        boolean explicit = isKnown(representation(dataSet, 4));
        boolean littleEndian =
                dataSet.littleEndian().u16(0) <= dataSet.bigEndian().u16(0);
        return new Encoding(explicit, littleEndian);
    }

    /** The encoding of a transfer syntax, checked against the data set. */
    static Encoding of(TransferSyntax syntax, Bytes dataSet) {
        if (dataSet.length() < 8) {
            return EXPLICIT_LITTLE_ENDIAN;
        }
        boolean explicit = isKnown(representation(dataSet, 4));
        return switch (syntax) {
            case EXPLICIT_BIG_ENDIAN -> EXPLICIT_BIG_ENDIAN;
            default -> explicit ? EXPLICIT_LITTLE_ENDIAN : IMPLICIT_LITTLE_ENDIAN;
        };
    }

    static boolean isKnown(String representation) {
        return LONG.contains(representation) || SHORT.contains(representation);
    }

    /**
     * Whether the length has 32 bits. So has that of every representation that the standard will add (PS3.5 section 6.2.2 note);
     * what is no representation at all, such as "??", is written with 16.
     */
    static boolean hasLongLength(String representation) {
        return !SHORT.contains(representation)
                && Character.isUpperCase(representation.charAt(0))
                && Character.isUpperCase(representation.charAt(1));
    }

    static String representation(Bytes data, long at) {
        return String.valueOf((char) data.u8(at)) + (char) data.u8(at + 1);
    }

    Bytes ordered(Bytes data) {
        return littleEndian ? data.littleEndian() : data.bigEndian();
    }
}
