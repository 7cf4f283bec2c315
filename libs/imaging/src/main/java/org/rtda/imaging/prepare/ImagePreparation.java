package org.rtda.imaging.prepare;

import org.rtda.imaging.SampledImage;

/**
 * Makes squares of 8 bits from images of any size and depth: crop or pad, then resize, in double precision until the values are
 * rounded to 0 to 255, halves up. Grey of colour is {@code 0.299 R + 0.587 G + 0.114 B} (ITU-R BT.601); colour of grey is the same
 * value three times. The same image gives the same bytes on every machine. Safe for use by several threads.
 *
 * @param side of the square, in pixels, 8 to 1024
 * @param channels 1 (grey) or 3 (RGB)
 */
public record ImagePreparation(int side, int channels, Fit fit) {
    /** The filter, by its name. */
    public static final String RESIZE = Resampling.NAME;

    /** Smaller and larger images the services do not take. */
    public static final int SMALLEST_SIDE = 8;

    public static final int LARGEST_SIDE = 1024;

    private static final double[] LUMA = {0.299, 0.587, 0.114};
    private static final double WHITE = 255;

    public ImagePreparation {
        if (side < SMALLEST_SIDE || side > LARGEST_SIDE) {
            throw new IllegalArgumentException(
                    "side must be in [" + SMALLEST_SIDE + ", " + LARGEST_SIDE + "] pixels, was " + side);
        }
        if (channels != 1 && channels != 3) {
            throw new IllegalArgumentException("channels must be 1 (grey) or 3 (RGB), was " + channels);
        }
    }

    /** Bytes of a prepared image. */
    public int bytes() {
        return channels * side * side;
    }

    /** C x H x W, row-major, one unsigned byte a value. */
    public byte[] prepare(SampledImage image) {
        int square = fit == Fit.PAD ? Math.max(image.width(), image.height()) : Math.min(image.width(), image.height());
        Resampling columns = new Resampling(image.width(), offset(image.width(), square), square, side);
        Resampling rows = new Resampling(image.height(), offset(image.height(), square), square, side);
        double[][] narrow = new double[channels][image.height() * side];
        double[] line = new double[image.width()];
        for (int channel = 0; channel < channels; channel++) {
            for (int row = 0; row < image.height(); row++) {
                readLine(image, row, channel, line);
                for (int column = 0; column < side; column++) {
                    double[] weights = columns.weights(column);
                    int first = columns.first(column);
                    double sum = 0;
                    for (int k = 0; k < weights.length; k++) {
                        sum += weights[k] * line[first + k];
                    }
                    narrow[channel][row * side + column] = sum;
                }
            }
        }
        return rounded(narrow, rows, WHITE / image.greatest());
    }

    /** Where the square begins; negative where it is larger than the line. */
    private static int offset(int length, int square) {
        return Math.floorDiv(length - square, 2);
    }

    private void readLine(SampledImage image, int row, int channel, double[] line) {
        char[] samples = image.samples();
        int at = row * image.width() * image.channels();
        for (int column = 0; column < line.length; column++, at += image.channels()) {
            if (image.channels() == 1) {
                line[column] = samples[at];
            } else if (channels == 3) {
                line[column] = samples[at + channel];
            } else {
                line[column] = LUMA[0] * samples[at] + LUMA[1] * samples[at + 1] + LUMA[2] * samples[at + 2];
            }
        }
    }

    private byte[] rounded(double[][] narrow, Resampling rows, double scale) {
        byte[] bytes = new byte[bytes()];
        double[] sums = new double[side];
        for (int channel = 0; channel < channels; channel++) {
            for (int row = 0; row < side; row++) {
                java.util.Arrays.fill(sums, 0);
                double[] weights = rows.weights(row);
                for (int k = 0; k < weights.length; k++) {
                    int from = (rows.first(row) + k) * side;
                    for (int column = 0; column < side; column++) {
                        sums[column] += weights[k] * narrow[channel][from + column];
                    }
                }
                int to = (channel * side + row) * side;
                for (int column = 0; column < side; column++) {
                    bytes[to + column] = (byte) Math.floor(sums[column] * scale + 0.5);
                }
            }
        }
        return bytes;
    }
}
