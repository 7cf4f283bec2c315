package org.rtda.core.augment;

import org.rtda.core.ByteImage;

/**
 * An affine map with the arithmetic of Pillow's {@code Image.transform(AFFINE, BICUBIC)}: the value at (x, y) comes from
 * {@code (a x + b y + c, d x + e y + f)}, pixel centres at one half; places outside the image are 0. Interpolation is
 * cubic convolution (Keys, IEEE TASSP 1981) with the parameter -1, rows first, the border's values repeated, in
 * double, cut towards zero and clipped to 0..255.
 */
final class BicubicAffine {
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
        int size = height * width;
        byte[] in = image.data();
        byte[] out = new byte[in.length];
        for (int row = 0; row < height; row++) {
            double y = row + 0.5;
            for (int column = 0; column < width; column++) {
                double x = column + 0.5;
                double fromX = a * x + b * y + c;
                double fromY = d * x + e * y + f;
                if (fromX < 0 || fromX >= width || fromY < 0 || fromY >= height) {
                    continue;
                }
                int at = row * width + column;
                for (int start = 0; start < in.length; start += size) {
                    out[start + at] = value(in, start, width, height, fromX - 0.5, fromY - 0.5);
                }
            }
        }
        return new ByteImage(image.channels(), height, width, out);
    }

    /** At (x, y), at least -0.5 and below the side - 0.5, in the plane that begins at start. */
    private static byte value(byte[] in, int start, int width, int height, double x, double y) {
        int column = (int) (x + 1) - 1;
        int row = (int) (y + 1) - 1;
        double dx = x - column;
        double dy = y - row;
        int x0 = Math.max(column - 1, 0);
        int x1 = Math.max(column, 0);
        int x2 = Math.min(column + 1, width - 1);
        int x3 = Math.min(column + 2, width - 1);
        double v;
        if (dy == 0) {
            // the row itself: what the full sum gives too, at a quarter of the work (shear along x)
            v = inRow(in, start + row * width, x0, x1, x2, x3, dx);
        } else {
            double v0 = inRow(in, start + Math.max(row - 1, 0) * width, x0, x1, x2, x3, dx);
            double v1 = inRow(in, start + Math.max(row, 0) * width, x0, x1, x2, x3, dx);
            double v2 = inRow(in, start + Math.min(row + 1, height - 1) * width, x0, x1, x2, x3, dx);
            double v3 = inRow(in, start + Math.min(row + 2, height - 1) * width, x0, x1, x2, x3, dx);
            v = cubic(v0, v1, v2, v3, dy);
        }
        return v <= 0 ? 0 : v >= 255 ? (byte) 255 : (byte) (int) v;
    }

    private static double inRow(byte[] in, int row, int x0, int x1, int x2, int x3, double dx) {
        int v1 = in[row + x1] & 0xff;
        if (dx == 0) {
            return v1;
        }
        return cubic(in[row + x0] & 0xff, v1, in[row + x2] & 0xff, in[row + x3] & 0xff, dx);
    }

    /** The order of the sums is Pillow's: it decides the last bit, and with it where a value is cut. */
    private static double cubic(double v0, double v1, double v2, double v3, double t) {
        double linear = v2 - v0;
        double square = 2 * (v0 - v1) + v2 - v3;
        double cube = v1 - v0 - v2 + v3;
        return v1 + t * (linear + t * (square + t * cube));
    }
}
