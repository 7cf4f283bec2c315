package org.rtda.imaging.dicom;

import java.util.Set;
import org.rtda.imaging.UnreadableImageException;

/** What the samples of a pixel mean (PS3.3 C.7.6.3.1.2). */
enum Photometric {
    MONOCHROME1(1),
    MONOCHROME2(1),
    PALETTE_COLOR(1),
    RGB(3),
    YBR_FULL(3),
    YBR_FULL_422(3),
    /** JPEG 2000's own transforms, which its decoder undoes. */
    YBR_RCT(3),
    YBR_ICT(3);

    private static final Set<String> OTHERS =
            Set.of("HSV", "ARGB", "CMYK", "YBR_PARTIAL_422", "YBR_PARTIAL_420", "XYB");

    private final int samples;

    Photometric(int samples) {
        this.samples = samples;
    }

    /**
     * @throws UnreadableImageException when it is not read; only names that the standard has are repeated
     */
    static Photometric of(DataSet dataSet) {
        String code = dataSet.code(Attribute.PHOTOMETRIC_INTERPRETATION);
        for (Photometric known : values()) {
            if (known.name().replace("PALETTE_COLOR", "PALETTE COLOR").equals(code)) {
                return known;
            }
        }
        String what = OTHERS.contains(code) ? code : code.isEmpty() ? "none" : "one that the standard does not have";
        throw UnreadableImageException.unsupported(
                "DICOM images whose photometric interpretation is " + what,
                "Convert the image to MONOCHROME1, MONOCHROME2, PALETTE COLOR, RGB or YBR_FULL.");
    }

    boolean isGrey() {
        return this == MONOCHROME1 || this == MONOCHROME2;
    }

    /** Samples of a pixel. */
    int samples() {
        return samples;
    }
}
