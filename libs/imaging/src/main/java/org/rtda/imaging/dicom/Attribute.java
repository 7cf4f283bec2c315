package org.rtda.imaging.dicom;

import java.util.HashMap;
import java.util.Locale;
import java.util.Map;

/**
 * Every attribute of a DICOM file that is read; nothing else is. {@link #PATIENT_ID} and {@link #ISSUER_OF_PATIENT_ID} go into the
 * keyed hash of {@link org.rtda.imaging.PatientKey} and nowhere else. Of the other attributes none is in the Basic Application Level
 * Confidentiality Profile of PS3.15 annex E. Adding one here means to check it against that profile.
 */
enum Attribute {
    TRANSFER_SYNTAX_UID(0x0002_0010, "UI"),

    SPECIFIC_CHARACTER_SET(0x0008_0005, "CS"),
    MANUFACTURER(0x0008_0070, "LO"),
    MANUFACTURER_MODEL_NAME(0x0008_1090, "LO"),
    PATIENT_ID(0x0010_0020, "LO"),
    ISSUER_OF_PATIENT_ID(0x0010_0021, "LO"),
    VIEW_POSITION(0x0018_5101, "CS"),
    LATERALITY(0x0020_0060, "CS"),
    IMAGE_LATERALITY(0x0020_0062, "CS"),

    SAMPLES_PER_PIXEL(0x0028_0002, "US"),
    PHOTOMETRIC_INTERPRETATION(0x0028_0004, "CS"),
    PLANAR_CONFIGURATION(0x0028_0006, "US"),
    NUMBER_OF_FRAMES(0x0028_0008, "IS"),
    ROWS(0x0028_0010, "US"),
    COLUMNS(0x0028_0011, "US"),
    BITS_ALLOCATED(0x0028_0100, "US"),
    BITS_STORED(0x0028_0101, "US"),
    HIGH_BIT(0x0028_0102, "US"),
    PIXEL_REPRESENTATION(0x0028_0103, "US"),
    PIXEL_PADDING_VALUE(0x0028_0120, "US"),
    PIXEL_PADDING_RANGE_LIMIT(0x0028_0121, "US"),
    WINDOW_CENTER(0x0028_1050, "DS"),
    WINDOW_WIDTH(0x0028_1051, "DS"),
    RESCALE_INTERCEPT(0x0028_1052, "DS"),
    RESCALE_SLOPE(0x0028_1053, "DS"),
    VOI_LUT_FUNCTION(0x0028_1056, "CS"),
    RED_PALETTE_DESCRIPTOR(0x0028_1101, "US"),
    GREEN_PALETTE_DESCRIPTOR(0x0028_1102, "US"),
    BLUE_PALETTE_DESCRIPTOR(0x0028_1103, "US"),
    RED_PALETTE_DATA(0x0028_1201, "OW"),
    GREEN_PALETTE_DATA(0x0028_1202, "OW"),
    BLUE_PALETTE_DATA(0x0028_1203, "OW"),
    MODALITY_LUT_SEQUENCE(0x0028_3000, "SQ"),
    LUT_DESCRIPTOR(0x0028_3002, "US"),
    LUT_DATA(0x0028_3006, "OW"),
    VOI_LUT_SEQUENCE(0x0028_3010, "SQ"),
    FRAME_VOI_LUT_SEQUENCE(0x0028_9132, "SQ"),
    PIXEL_VALUE_TRANSFORMATION_SEQUENCE(0x0028_9145, "SQ"),
    SHARED_FUNCTIONAL_GROUPS_SEQUENCE(0x5200_9229, "SQ"),
    PER_FRAME_FUNCTIONAL_GROUPS_SEQUENCE(0x5200_9230, "SQ"),

    EXTENDED_OFFSET_TABLE(0x7fe0_0001, "OV"),
    FLOAT_PIXEL_DATA(0x7fe0_0008, "OF"),
    DOUBLE_FLOAT_PIXEL_DATA(0x7fe0_0009, "OD"),
    PIXEL_DATA(0x7fe0_0010, "OW");

    private static final Map<Integer, Attribute> BY_TAG = new HashMap<>();

    static {
        for (Attribute attribute : values()) {
            BY_TAG.put(attribute.tag, attribute);
        }
    }

    private final int tag;
    private final String representation;

    Attribute(int tag, String representation) {
        this.tag = tag;
        this.representation = representation;
    }

    /** Null for what is not read. */
    static Attribute of(int tag) {
        return BY_TAG.get(tag);
    }

    /** Group in the upper, element in the lower 16 bits. */
    int tag() {
        return tag;
    }

    /** The value representation where the file does not say. */
    String representation() {
        return representation;
    }

    boolean isSequence() {
        return representation.equals("SQ");
    }

    /** "Rows (0028,0010)". */
    @Override
    public String toString() {
        return String.format(
                "%s (%04X,%04X)", name().toLowerCase(Locale.ROOT).replace('_', ' '), tag >>> 16, tag & 0xffff);
    }
}
