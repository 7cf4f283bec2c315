package org.rtda.core.augment;

import org.rtda.core.ByteImage;

/**
 * An affine map with the arithmetic of Pillow's {@code Image.transform(AFFINE, BICUBIC)}: the value at (x, y) comes from
 * {@code (a x + b y + c, d x + e y + f)}, pixel centres at one half; places outside the image are 0. Interpolation is
 * cubic convolution (Keys, IEEE TASSP 1981) with the parameter -1, rows first, the border's values repeated, in
 * double, cut towards zero and clipped to 0..255.
 */
final class BicubicAffine {
    /** 0 to 255: reading numbers is cheaper than converting them, here and in the loops over pixels. */
    static final double[] LEVELS = new double[256];

    static {
        for (int i = 0; i < 256; i++) {
            LEVELS[i] = i;
        }
    }

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
        Plane plane = new Plane(height, width);
        for (int start = 0; start < out.length; start += height * width) {
            plane.read(image.data(), start);
            map(plane, out, start);
        }
        return new ByteImage(image.channels(), height, width, out);
    }

    private void map(Plane plane, byte[] out, int start) {
        double[] columns = fromMinusOne(plane.width + 1);
        for (int row = 0; row < plane.height; row++) {
            double xOfRow = b * (row + 0.5);
            double yOfRow = e * (row + 0.5);
            int target = start + row * plane.width;
            for (int column = 0; column < plane.width; column++) {
                double centre = columns[column + 1] + 0.5;
                double x = a * centre + xOfRow + c;
                double y = d * centre + yOfRow + f;
                if (x >= 0 && x < plane.width && y >= 0 && y < plane.height) {
                    out[target + column] = plane.at(x - 0.5, y - 0.5);
                }
            }
        }
    }

    /** -1 and up, as many as count and one more. */
    static double[] fromMinusOne(int count) {
        double[] numbers = new double[count + 1];
        for (int i = 0; i <= count; i++) {
            numbers[i] = i - 1;
        }
        return numbers;
    }

    /**
     * One channel as the cubics along its rows: {@code v1 + t (linear + t (square + t cube))} between each value v1 and the next.
     * Each is made once and used about four times; kept as four numbers side by side, so that a place in the image
     * reads four pieces of memory instead of sixteen values (1.4 times as fast).
     */
    private static final class Plane {
        private final int height;
        private final int width;
        private final double[] cubics;
        /** Where the cubics of a row begin, rows counted from -2, the border's repeated. */
        private final int[] rows;

        private final double[] numbers;

        private Plane(int height, int width) {
            this.height = height;
            this.width = width;
            this.cubics = new double[4 * height * (width + 1)];
            this.rows = new int[height + 4];
            for (int i = 0; i < rows.length; i++) {
                rows[i] = 4 * (width + 1) * Math.max(0, Math.min(i - 2, height - 1));
            }
            this.numbers = fromMinusOne(Math.max(height, width) + 1);
        }

        private void read(byte[] in, int start) {
            int at = 0;
            for (int row = start; row < start + height * width; row += width) {
                int last = row + width - 1;
                // from the place left of the first value
                double v0 = LEVELS[in[row] & 0xff];
                double v1 = v0;
                double v2 = v0;
                for (int column = 1; column <= width + 1; column++) {
                    double v3 = LEVELS[in[Math.min(row + column, last)] & 0xff];
                    cubics[at] = v1;
                    cubics[at + 1] = v2 - v0;
                    cubics[at + 2] = 2 * (v0 - v1) + v2 - v3;
                    cubics[at + 3] = v1 - v0 - v2 + v3;
                    at += 4;
                    v0 = v1;
                    v1 = v2;
                    v2 = v3;
                }
            }
        }

        /** @param left and above: distances to the centre of the first pixel, at least -0.5, so that what is cut is positive */
        private byte at(double left, double above) {
            int column = (int) (left + 1);
            int row = (int) (above + 1);
            double t = left - numbers[column];
            double u = above - numbers[row];
            double v0 = along(rows[row] + 4 * column, t);
            double v1 = along(rows[row + 1] + 4 * column, t);
            double v2 = along(rows[row + 2] + 4 * column, t);
            double v3 = along(rows[row + 3] + 4 * column, t);
            double linear = v2 - v0;
            double square = 2 * (v0 - v1) + v2 - v3;
            double cube = v1 - v0 - v2 + v3;
            return PointOperation.clipped((int) (v1 + u * (linear + u * (square + u * cube))));
        }

        /** The order of the sums is Pillow's: it decides the last bit, and with it where a value is cut. */
        private double along(int cubic, double t) {
            return cubics[cubic] + t * (cubics[cubic + 1] + t * (cubics[cubic + 2] + t * cubics[cubic + 3]));
        }
    }
}
