package org.rtda.imaging.prepare;

import java.util.Locale;

/** How a picture that is no square becomes one. */
public enum Fit {
    /** Black bars on both sides of the shorter direction: nothing is lost. */
    PAD,
    /** The square in the middle: nothing is added, and what lies outside is lost. */
    CROP;

    /** As options and records spell it. */
    public String label() {
        return name().toLowerCase(Locale.ROOT);
    }
}
