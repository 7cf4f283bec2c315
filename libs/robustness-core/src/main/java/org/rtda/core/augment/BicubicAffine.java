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

    /** 0 to 255: as {@link Row#columns}, a table to read instead of converting. */
    private static final double[] LEVELS = new double[256];

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
        double[] padded = new double[(height + 2 * MARGIN) * (width + 2 * MARGIN)];
        Row row = new Row(padded, height, width);
        for (int start = 0; start < out.length; start += height * width) {
            pad(image.data(), start, height, width, padded);
            for (int y = 0; y < height; y++) {
                row.map(y, out, start + y * width);
            }
        }
        return new ByteImage(image.channels(), height, width, out);
    }

    /** One plane with its border repeated, so that the four taps a side need no checks. */
    private static void pad(byte[] in, int start, int height, int width, double[] padded) {
        int stride = width + 2 * MARGIN;
        for (int row = 0; row < height; row++) {
            int from = start + row * width;
            int to = (row + MARGIN) * stride + MARGIN;
            for (int column = 0; column < width; column++) {
                padded[to + column] = LEVELS[in[from + column] & 0xff];
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

    /**
     * One output row at a time: first where its pixels come from, then tap by tap what is there, then the sums. The sums are
     * simple loops over arrays, which the compiler turns into vector instructions; that is why taps are copied first.
     */
    private final class Row {
        private final double[] padded;
        private final int height;
        private final int width;
        private final int stride;
        /** Column numbers: converting them in a loop would chain each pixel's work to that of the one before. */
        private final double[] columns;

        private final double[] rows;
        private final double[] x;
        private final double[] y;
        /** Of the second tap of the second row. */
        private final int[] places;

        private final double[][] taps;
        private final double[][] sums;
        private final double[] values;

        private Row(double[] padded, int height, int width) {
            this.padded = padded;
            this.height = height;
            this.width = width;
            this.stride = width + 2 * MARGIN;
            this.columns = fromMinusOne(width + 1);
            this.rows = fromMinusOne(height + 1);
            this.x = new double[width];
            this.y = new double[width];
            this.places = new int[width];
            this.taps = new double[4][width];
            this.sums = new double[4][width];
            this.values = new double[width];
        }

        private void map(int row, byte[] out, int target) {
            double xOfRow = b * (row + 0.5);
            double yOfRow = e * (row + 0.5);
            for (int column = 0; column < width; column++) {
                double centre = columns[column + 1] + 0.5;
                x[column] = a * centre + xOfRow + c;
                y[column] = d * centre + yOfRow + f;
            }
            // a line crosses the image in one piece
            int from = 0;
            while (from < width && !isInside(from)) {
                from++;
            }
            int to = from;
            while (to < width && isInside(to)) {
                to++;
            }
            locate(from, to);
            boolean alongRows = isZero(y, from, to);
            if (alongRows || !isZero(x, from, to)) {
                // along the rows alone, the other's sum is its second tap: what both sums give too, at a quarter of the
                // work
                for (int k = alongRows ? 1 : 0; k < (alongRows ? 2 : 4); k++) {
                    for (int tap = 0; tap < 4; tap++) {
                        gather((k - 1) * stride + tap - 1, taps[tap], from, to);
                    }
                    cubic(taps[0], taps[1], taps[2], taps[3], x, sums[k], from, to);
                }
            } else {
                for (int k = 0; k < 4; k++) {
                    gather((k - 1) * stride, sums[k], from, to);
                }
            }
            double[] mapped = sums[1];
            if (!alongRows) {
                cubic(sums[0], sums[1], sums[2], sums[3], y, values, from, to);
                mapped = values;
            }
            for (int column = from; column < to; column++) {
                double value = mapped[column];
                out[target + column] = value <= 0 ? 0 : value >= 255 ? (byte) 255 : (byte) (int) value;
            }
        }

        private boolean isInside(int column) {
            return x[column] >= 0 && x[column] < width && y[column] >= 0 && y[column] < height;
        }

        /** Replaces coordinates by the distance to the tap to the left and above, and notes that tap's place. */
        private void locate(int from, int to) {
            for (int i = from; i < to; i++) {
                // from the centre to the corner; at least -0.5, so that what is cut is positive
                double left = x[i] - 0.5;
                double above = y[i] - 0.5;
                int column = (int) (left + 1);
                int row = (int) (above + 1);
                x[i] = left - columns[column];
                y[i] = above - rows[row];
                places[i] = (row - 1 + MARGIN) * stride + column - 1 + MARGIN;
            }
        }

        private void gather(int offset, double[] to, int first, int end) {
            for (int i = first; i < end; i++) {
                to[i] = padded[places[i] + offset];
            }
        }

        private static double[] fromMinusOne(int count) {
            double[] numbers = new double[count + 1];
            for (int i = 0; i <= count; i++) {
                numbers[i] = i - 1;
            }
            return numbers;
        }

        private static boolean isZero(double[] values, int from, int to) {
            for (int i = from; i < to; i++) {
                if (values[i] != 0) {
                    return false;
                }
            }
            return true;
        }

        /** The order of the sums is Pillow's: it decides the last bit, and with it where a value is cut. */
        private static void cubic(
                double[] v0, double[] v1, double[] v2, double[] v3, double[] t, double[] sum, int from, int to) {
            for (int i = from; i < to; i++) {
                double linear = v2[i] - v0[i];
                double square = 2 * (v0[i] - v1[i]) + v2[i] - v3[i];
                double cube = v1[i] - v0[i] - v2[i] + v3[i];
                sum[i] = v1[i] + t[i] * (linear + t[i] * (square + t[i] * cube));
            }
        }
    }
}
