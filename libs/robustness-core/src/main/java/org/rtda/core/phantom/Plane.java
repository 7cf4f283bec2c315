package org.rtda.core.phantom;

import java.util.Arrays;
import java.util.function.DoubleUnaryOperator;
import org.rtda.core.ByteImage;

/**
 * A square picture of doubles.
 *
 * @param values row-major, changed in place by those who fill it
 */
record Plane(int size, double[] values) {

    interface PixelFunction {
        double at(int row, int column);
    }

    Plane(int size) {
        this(size, new double[size * size]);
    }

    static Plane of(int size, PixelFunction function) {
        Plane plane = new Plane(size);
        for (int row = 0; row < size; row++) {
            for (int column = 0; column < size; column++) {
                plane.values[row * size + column] = function.at(row, column);
            }
        }
        return plane;
    }

    double at(int row, int column) {
        return values[row * size + column];
    }

    Plane map(DoubleUnaryOperator function) {
        return new Plane(size, Arrays.stream(values).map(function).toArray());
    }

    double mean() {
        return Arrays.stream(values).sum() / values.length;
    }

    /** The value below which about that part of all values lies, found from every seventh of them. */
    double quantile(double part) {
        double[] some = new double[(values.length + 6) / 7];
        for (int i = 0; i < some.length; i++) {
            some[i] = values[7 * i];
        }
        Arrays.sort(some);
        return some[(int) Math.min(some.length - 1.0, part * some.length)];
    }

    /** Convolved with a Gaussian, edges repeated; below 0.2 pixels nothing happens. */
    Plane blurred(double sigmaPixels) {
        return blurred(sigmaPixels, row -> sigmaPixels);
    }

    /** As above with one deviation down the columns and, row by row, another along them. */
    Plane blurred(double sigmaDown, DoubleUnaryOperator sigmaAlong) {
        Plane along = new Plane(size);
        double[] line = new double[size];
        double[] done = new double[size];
        for (int row = 0; row < size; row++) {
            System.arraycopy(values, row * size, line, 0, size);
            convolve(line, kernel(sigmaAlong.applyAsDouble(row)), done);
            System.arraycopy(done, 0, along.values, row * size, size);
        }
        Plane both = new Plane(size);
        double[] kernel = kernel(sigmaDown);
        for (int column = 0; column < size; column++) {
            for (int row = 0; row < size; row++) {
                line[row] = along.values[row * size + column];
            }
            convolve(line, kernel, done);
            for (int row = 0; row < size; row++) {
                both.values[row * size + column] = done[row];
            }
        }
        return both;
    }

    /** Half of a kernel, from its middle outwards, of sum 1. */
    private static double[] kernel(double sigma) {
        if (sigma < 0.2) {
            return new double[] {1};
        }
        double[] half = new double[(int) Math.ceil(3 * sigma) + 1];
        double sum = 0;
        for (int i = 0; i < half.length; i++) {
            half[i] = StrictMath.exp(-i * i / (2 * sigma * sigma));
            sum += i == 0 ? half[i] : 2 * half[i];
        }
        for (int i = 0; i < half.length; i++) {
            half[i] /= sum;
        }
        return half;
    }

    private static void convolve(double[] line, double[] kernel, double[] out) {
        int last = line.length - 1;
        for (int i = 0; i <= last; i++) {
            double sum = kernel[0] * line[i];
            for (int k = 1; k < kernel.length; k++) {
                sum += kernel[k] * (line[Math.max(0, i - k)] + line[Math.min(last, i + k)]);
            }
            out[i] = sum;
        }
    }

    /** Scaled down to a smaller side, each pixel the mean of the area it covers. */
    Plane shrunk(int side) {
        double[][] weights = new double[side][];
        int[] first = new int[side];
        double step = (double) size / side;
        for (int i = 0; i < side; i++) {
            double from = i * step;
            double to = Math.min(size, (i + 1) * step);
            first[i] = (int) from;
            int end = Math.min(size, (int) Math.ceil(to));
            weights[i] = new double[end - first[i]];
            for (int j = first[i]; j < end; j++) {
                weights[i][j - first[i]] = (Math.min(to, j + 1) - Math.max(from, j)) / step;
            }
        }
        return of(side, (row, column) -> {
            double sum = 0;
            for (int y = 0; y < weights[row].length; y++) {
                double line = 0;
                for (int x = 0; x < weights[column].length; x++) {
                    line += weights[column][x] * at(first[row] + y, first[column] + x);
                }
                sum += weights[row][y] * line;
            }
            return sum;
        });
    }

    /** Values of [0,1] as grey levels 0 to 255; what lies outside is cut. */
    ByteImage asImage() {
        byte[] data = new byte[values.length];
        for (int i = 0; i < data.length; i++) {
            data[i] = (byte) Math.rint(255 * Math.min(1, Math.max(0, values[i])));
        }
        return new ByteImage(1, size, size, data);
    }
}
