package org.rtda.imaging.duplicate;

/** Images by their place. */
@FunctionalInterface
public interface PixelSource {

    /** C x H x W, row-major, one unsigned byte a value. */
    byte[] pixels(int image);
}
