package org.rtda.imaging;

/**
 * Which grey values of a DICOM image are shown, from black to white. Pictures have no window and are read as they are.
 *
 * @param kind where the window comes from
 * @param center the middle of the window in the values of the modality (Hounsfield units for CT); 0 unless given
 * @param width the width of the window in the same values, at least 1; 0 unless given
 */
public record Windowing(Kind kind, double center, double width) {
    /** Where a window comes from. */
    public enum Kind {
        /** The file's first VOI lookup table or window; every stored value where it has neither. */
        OF_FILE,
        /** None: from the least to the greatest value that can be stored. */
        NONE,
        /** The given one, whatever the file says, with DICOM's function LINEAR. */
        GIVEN
    }

    public Windowing {
        if (kind == Kind.GIVEN) {
            if (!Double.isFinite(center)) {
                throw new IllegalArgumentException("center of a window must be a number, was " + center);
            }
            if (!(width >= 1 && width <= 1e9)) {
                throw new IllegalArgumentException("width of a window must be from 1 to 1e9, was " + width);
            }
        } else if (center != 0 || width != 0) {
            throw new IllegalArgumentException("only a given window has center and width, this one is " + kind);
        }
    }

    public static Windowing ofFile() {
        return new Windowing(Kind.OF_FILE, 0, 0);
    }

    public static Windowing none() {
        return new Windowing(Kind.NONE, 0, 0);
    }

    public static Windowing given(double center, double width) {
        return new Windowing(Kind.GIVEN, center, width);
    }
}
