package org.rtda.imaging;

import java.util.Arrays;

/**
 * One image at the depth of its file, ready to be shown: 0 is black (in every channel), {@link #greatest()} is white.
 *
 * @param width columns, at least 1
 * @param height rows, at least 1
 * @param channels 1 (grey) or 3 (red, green, blue)
 * @param bits depth of a sample, 1 to 16
 * @param samples H x W x C, row-major, each from 0 to {@code 2^bits - 1}; not copied, so nobody may change it afterwards
 */
public record SampledImage(int width, int height, int channels, int bits, char[] samples) {

    public SampledImage {
        if (width < 1 || height < 1) {
            throw new IllegalArgumentException("width and height must be at least 1, were " + width + " x " + height);
        }
        if (channels != 1 && channels != 3) {
            throw new IllegalArgumentException("channels must be 1 or 3, was " + channels);
        }
        if (bits < 1 || bits > 16) {
            throw new IllegalArgumentException("bits must be from 1 to 16, was " + bits);
        }
        long wanted = (long) width * height * channels;
        if (samples.length != wanted) {
            throw new IllegalArgumentException("samples must hold " + height + " x " + width + " x " + channels + " = "
                    + wanted + " values, held " + samples.length);
        }
        int greatest = (1 << bits) - 1;
        for (char sample : samples) {
            if (sample > greatest) {
                throw new IllegalArgumentException(
                        "samples of " + bits + " bits must be from 0 to " + greatest + ", one was " + (int) sample);
            }
        }
    }

    /** The value of white: {@code 2^bits - 1}. */
    public int greatest() {
        return (1 << bits) - 1;
    }

    /** The value at one place, 0 to {@link #greatest()}. */
    public int sample(int row, int column, int channel) {
        return samples[(row * width + column) * channels + channel];
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof SampledImage that
                && width == that.width
                && height == that.height
                && channels == that.channels
                && bits == that.bits
                && Arrays.equals(samples, that.samples);
    }

    @Override
    public int hashCode() {
        return 31 * (31 * (31 * (31 * width + height) + channels) + bits) + Arrays.hashCode(samples);
    }

    @Override
    public String toString() {
        return "SampledImage[" + height + " x " + width + " x " + channels + ", " + bits + " bits]";
    }
}
