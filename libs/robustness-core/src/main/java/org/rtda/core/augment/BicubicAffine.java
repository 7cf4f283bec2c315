package org.rtda.core.augment;

import org.rtda.core.ByteImage;

/**
 * An affine map with the arithmetic of Pillow's {@code Image.transform(AFFINE, BICUBIC)}: the value at (x, y) comes from
 * {@code (a x + b y + c, d x + e y + f)}, pixel centres at one half; places outside the image are 0. Interpolation is
 * cubic convolution (Keys, IEEE TASSP 1981) with the parameter -1, rows first, the border's values repeated, in
 * double, cut towards zero and clipped to 0..255.
 */
final class BicubicAffine {
    /** Two taps lie beyond the image at most, on either side. */
    private static final int MARGIN = 2;

    private final double a;
    private final double b;
    private final double c;
    private final double d;
    private final double e;
    private final double f;

    BicubicAffine(double a, double b, double c, double d, double e, double f) {
        this.a = a;
        this.b = b;
        this.c = c;
        this.d = d;
        this.e = e;
        this.f = f;
    }

    ByteImage apply(ByteImage image) {
        int height = image.height();
        int width = image.width();
        byte[] out = new byte[image.data().length];
        double[] padded = new double[(height + 2 * MARGIN) * (width + 2 * MARGIN)];
        for (int start = 0; start < out.length; start += height * width) {
            pad(image.data(), start, height, width, padded);
            for (int row = 0; row < height; row++) {
                mapRow(padded, height, width, row, out, start + row * width);
            }
        }
        return new ByteImage(image.channels(), height, width, out);
    }

    private void mapRow(double[] padded, int height, int width, int row, byte[] out, int target) {
        double y = row + 0.5;
        double xOfRow = b * y;
        double yOfRow = e * y;
        for (int column = 0; column < width; column++) {
            double x = column + 0.5;
            double fromX = a * x + xOfRow + c;
            double fromY = d * x + yOfRow + f;
            if (fromX >= 0 && fromX < width && fromY >= 0 && fromY < height) {
                out[target + column] = value(padded, width + 2 * MARGIN, fromX - 0.5, fromY - 0.5);
            }
        }
    }

    /** One plane with its border repeated, so that the four taps a side need no checks. */
    private static void pad(byte[] in, int start, int height, int width, double[] padded) {
        int stride = width + 2 * MARGIN;
        for (int row = 0; row < height; row++) {
            int from = start + row * width;
            int to = (row + MARGIN) * stride + MARGIN;
            for (int column = 0; column < width; column++) {
                padded[to + column] = in[from + column] & 0xff;
            }
            for (int i = 1; i <= MARGIN; i++) {
                padded[to - i] = padded[to];
                padded[to + width - 1 + i] = padded[to + width - 1];
            }
        }
        int top = MARGIN * stride;
        int bottom = (MARGIN + height - 1) * stride;
        for (int i = 1; i <= MARGIN; i++) {
            System.arraycopy(padded, top, padded, top - i * stride, stride);
            System.arraycopy(padded, bottom, padded, bottom + i * stride, stride);
        }
    }

    /** At (x, y), at least -0.5 and below the side - 0.5. */
    private static byte value(double[] padded, int stride, double x, double y) {
        int column = (int) (x + 1) - 1;
        int row = (int) (y + 1) - 1;
        double dx = x - column;
        double dy = y - row;
        int at = (row + MARGIN) * stride + column + MARGIN;
        double v;
        // along one axis the other's sum is its second tap: what both sums give too, at a quarter of the work
        if (dy == 0) {
            v = cubic(padded, at, 1, dx);
        } else if (dx == 0) {
            v = cubic(padded, at, stride, dy);
        } else {
            v = cubic(
                    cubic(padded, at - stride, 1, dx),
                    cubic(padded, at, 1, dx),
                    cubic(padded, at + stride, 1, dx),
                    cubic(padded, at + 2 * stride, 1, dx),
                    dy);
        }
        return v <= 0 ? 0 : v >= 255 ? (byte) 255 : (byte) (int) v;
    }

    private static double cubic(double[] values, int at, int step, double t) {
        return cubic(values[at - step], values[at], values[at + step], values[at + 2 * step], t);
    }

    /** The order of the sums is Pillow's: it decides the last bit, and with it where a value is cut. */
    private static double cubic(double v0, double v1, double v2, double v3, double t) {
        double linear = v2 - v0;
        double square = 2 * (v0 - v1) + v2 - v3;
        double cube = v1 - v0 - v2 + v3;
        return v1 + t * (linear + t * (square + t * cube));
    }
}
