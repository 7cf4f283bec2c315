package org.rtda.imaging.duplicate;

/**
 * An image that is there twice.
 *
 * @param image its place
 * @param original the place of the first image that it is a duplicate of; smaller
 * @param kind whether the pixels are the same or look the same
 */
public record Duplicate(int image, int original, Kind kind) {
    /** How alike two images are. */
    public enum Kind {
        /** The same pixels. */
        EXACT,
        /** Other pixels of the same picture. */
        NEAR
    }
}
