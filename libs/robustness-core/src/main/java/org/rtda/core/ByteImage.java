package org.rtda.core;

import java.util.Arrays;

/**
 * One 8-bit image as it is stored and as AugMix's operations see it.
 *
 * @param channels 1 (grey) or 3 (RGB)
 * @param height rows
 * @param width columns
 * @param data C x H x W, row-major, one unsigned byte a value; not copied, so the caller must not change it afterwards
 */
public record ByteImage(int channels, int height, int width, byte[] data) {

    public ByteImage {
        if (channels != 1 && channels != 3) {
            throw new IllegalArgumentException("channels must be 1 or 3, was " + channels);
        }
        if (height < 1 || width < 1) {
            throw new IllegalArgumentException("height and width must be at least 1, were " + height + " x " + width);
        }
        if (data.length != channels * height * width) {
            throw new IllegalArgumentException("data must hold " + channels + " x " + height + " x " + width + " = "
                    + channels * height * width + " bytes, held " + data.length);
        }
    }

    /** The value at one place, 0 to 255. */
    public int value(int channel, int row, int column) {
        return data[(channel * height + row) * width + column] & 0xff;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof ByteImage that
                && channels == that.channels
                && height == that.height
                && width == that.width
                && Arrays.equals(data, that.data);
    }

    @Override
    public int hashCode() {
        return 31 * (31 * (31 * channels + height) + width) + Arrays.hashCode(data);
    }

    @Override
    public String toString() {
        return "ByteImage[" + channels + " x " + height + " x " + width + "]";
    }
}
