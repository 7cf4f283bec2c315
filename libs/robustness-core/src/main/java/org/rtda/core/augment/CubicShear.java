package org.rtda.core.augment;

import org.rtda.core.ByteImage;

/**
 * Moves each line of an image (row or column) along itself, in proportion to its number, with the arithmetic of Pillow's {@code
 * Image.transform(AFFINE, BICUBIC)} as in {@link BicubicAffine}: across the lines every place is a pixel's centre, where
 * cubic convolution leaves the value as it is. So four taps do, and they are neighbours, and it takes half the time of the general map.
 */
final class CubicShear {
    /** Two taps lie beyond a line at most, on either side. */
    private static final int MARGIN = 2;

    private final double shear;
    private final int length;
    /** From one value of a line to the next. */
    private final int step;

    /** -1 and up: reading numbers is cheaper than converting them. */
    private final double[] numbers;

    /** The line with its ends repeated, so that no tap needs a check. */
    private final double[] padded;

    private final double[] left;
    private final double[] distances;
    private final double[] values;

    private CubicShear(double shear, int length, int step) {
        this.shear = shear;
        this.length = length;
        this.step = step;
        this.numbers = BicubicAffine.fromMinusOne(length + 1);
        this.padded = new double[length + 2 * MARGIN];
        this.left = new double[length];
        this.distances = new double[length];
        this.values = new double[length];
    }

    /** @param shear pixels by which a row's distance to the upper edge moves where its pixels come from */
    static ByteImage ofRows(ByteImage image, double shear) {
        return new CubicShear(shear, image.width(), 1).apply(image, image.height(), image.width());
    }

    /** @param shear pixels by which a column's distance to the left edge moves where its pixels come from */
    static ByteImage ofColumns(ByteImage image, double shear) {
        return new CubicShear(shear, image.height(), image.width()).apply(image, image.width(), 1);
    }

    private ByteImage apply(ByteImage image, int lines, int lineStep) {
        byte[] out = new byte[image.data().length];
        for (int start = 0; start < out.length; start += lines * length) {
            for (int line = 0; line < lines; line++) {
                move(shear * (line + 0.5), image.data(), out, start + line * lineStep);
            }
        }
        return new ByteImage(image.channels(), image.height(), image.width(), out);
    }

    private void move(double shift, byte[] in, byte[] out, int start) {
        for (int i = 0; i < length; i++) {
            // a pixel's centre, moved: what Pillow computes first decides the last bit
            left[i] = numbers[i + 1] + 0.5 + shift;
        }
        int from = 0;
        while (from < length && left[from] < 0) {
            from++;
        }
        int to = length;
        while (to > from && left[to - 1] >= length) {
            to--;
        }
        pad(in, start);
        for (int i = from; i < to; i++) {
            left[i] -= 0.5; // from the centre to the corner
        }
        while (from < to) {
            from = moveRun(from, to, out, start);
        }
    }

    private void pad(byte[] in, int start) {
        for (int i = 0, at = start; i < length; i++, at += step) {
            padded[MARGIN + i] = BicubicAffine.LEVELS[in[at] & 0xff];
        }
        for (int i = 0; i < MARGIN; i++) {
            padded[i] = padded[MARGIN];
            padded[MARGIN + length + i] = padded[MARGIN + length - 1];
        }
    }

    /**
     * As far as each place lies one pixel after the one before: to the end, unless a rounding lets two places share a pixel or
     * leave one out.
     *
     * @return where it ended
     */
    private int moveRun(int from, int to, byte[] out, int start) {
        int first = (int) (left[from] + 1); // at least -0.5, so that what is cut is positive
        int end = from;
        while (end < to && (int) (left[end] + 1) == first + end - from) {
            distances[end] = left[end] - numbers[first + end - from];
            end++;
        }
        // the tap to the left of each place
        cubic(padded, first - 1 + MARGIN - from, distances, values, from, end);
        for (int i = from, at = start + from * step; i < end; i++, at += step) {
            out[at] = PointOperation.clipped((int) values[i]);
        }
        return end;
    }

    /** A loop of its own, which the compiler turns into vector instructions; the order of the sums is Pillow's. */
    private static void cubic(double[] taps, int offset, double[] t, double[] sums, int from, int to) {
        for (int i = from; i < to; i++) {
            double v0 = taps[offset + i - 1];
            double v1 = taps[offset + i];
            double v2 = taps[offset + i + 1];
            double v3 = taps[offset + i + 2];
            double linear = v2 - v0;
            double square = 2 * (v0 - v1) + v2 - v3;
            double cube = v1 - v0 - v2 + v3;
            sums[i] = v1 + t[i] * (linear + t[i] * (square + t[i] * cube));
        }
    }
}
