package org.rtda.core.corruption;

import java.util.Arrays;
import org.apache.commons.rng.UniformRandomProvider;

/**
 * Blur with a k x k kernel of deviation {@code 0.3 ((k - 1) / 2 - 1) + 0.8} at 224 pixels. At another side both are
 * multiplied by {@code max(side / 224, 0.4)}, and the kernel is made the nearest odd number, at least 3: at 28 pixels the
 * deviations are 0.32, 0.44, 0.56, 0.68 and 0.8 pixels. The border is reflected without repeating the edge.
 */
final class GaussianBlur extends PerImage {
    /** So many taps are added up in one pass; a kernel is filled up with zeros to a multiple. */
    private static final int AT_ONCE = 4;

    GaussianBlur(String name, CorruptionTable table) {
        super(name, table);
    }

    @Override
    float[] corrupt(BatchImage clean, double[] parameters, UniformRandomProvider random) {
        double[] kernel = kernel(parameters[0], Scale.ofBlur(clean));
        int radius = kernel.length / 2;
        int height = clean.height();
        int width = clean.width();
        float[] values = clean.values();
        double[] taps = Arrays.copyOf(kernel, (kernel.length + AT_ONCE - 1) / AT_ONCE * AT_ONCE);
        double[] padded = new double[width + taps.length];
        // rows that are already blurred along, as many as a column's blur reaches
        double[][] ring = new double[kernel.length][width];
        double[][] reached = new double[taps.length][];
        double[] sums = new double[width];
        for (int start = 0; start < values.length; start += clean.planeSize()) {
            int next = 0;
            for (int row = 0; row < height; row++) {
                for (; next < height && next <= row + radius; next++) {
                    pad(values, start + next * width, width, radius, padded);
                    addAlong(taps, padded, ring[next % ring.length]);
                }
                for (int k = 0; k < taps.length; k++) {
                    int from = reflected(row + Math.min(k, 2 * radius) - radius, height);
                    reached[k] = ring[from % ring.length];
                }
                addAcross(taps, reached, sums);
                for (int column = 0; column < width; column++) {
                    values[start + row * width + column] = (float) sums[column];
                }
            }
        }
        return values;
    }

    private static void pad(float[] values, int from, int width, int radius, double[] padded) {
        for (int i = 0; i < width; i++) {
            padded[radius + i] = values[from + i];
        }
        for (int i = 1; i <= radius; i++) {
            padded[radius - i] = values[from + reflected(-i, width)];
            padded[radius + width - 1 + i] = values[from + reflected(width - 1 + i, width)];
        }
    }

    /** @param padded a row between its reflected borders; moved to the left */
    private static void addAlong(double[] taps, double[] padded, double[] sums) {
        Arrays.fill(sums, 0);
        for (int k = 0; k < taps.length; k += AT_ONCE) {
            addNeighbours(taps[k], taps[k + 1], taps[k + 2], taps[k + 3], padded, sums);
            System.arraycopy(padded, AT_ONCE, padded, 0, padded.length - AT_ONCE);
        }
    }

    private static void addAcross(double[] taps, double[][] rows, double[] sums) {
        Arrays.fill(sums, 0);
        for (int k = 0; k < taps.length; k += AT_ONCE) {
            addRows(
                    taps[k],
                    rows[k],
                    taps[k + 1],
                    rows[k + 1],
                    taps[k + 2],
                    rows[k + 2],
                    taps[k + 3],
                    rows[k + 3],
                    sums);
        }
    }

    /** As {@link #addRows} one of the loops that become vector instructions: short, and with no offsets but constants. */
    private static void addNeighbours(double p, double q, double r, double s, double[] values, double[] sums) {
        for (int i = 0; i < sums.length; i++) {
            sums[i] = sums[i] + p * values[i] + q * values[i + 1] + r * values[i + 2] + s * values[i + 3];
        }
    }

    private static void addRows(
            double p, double[] a, double q, double[] b, double r, double[] c, double s, double[] d, double[] sums) {
        for (int i = 0; i < sums.length; i++) {
            sums[i] = sums[i] + p * a[i] + q * b[i] + r * c[i] + s * d[i];
        }
    }

    static double[] kernel(double sizeAt224, double scale) {
        int radius = (int) Math.max(1, Math.round((sizeAt224 * scale - 1) / 2));
        double sigma = scale * (0.3 * ((sizeAt224 - 1) / 2 - 1) + 0.8);
        double[] kernel = new double[2 * radius + 1];
        double sum = 0;
        for (int k = 0; k < kernel.length; k++) {
            double off = (k - radius) / sigma;
            kernel[k] = StrictMath.exp(-off * off / 2);
            sum += kernel[k];
        }
        for (int k = 0; k < kernel.length; k++) {
            kernel[k] /= sum;
        }
        return kernel;
    }

    private static int reflected(int index, int side) {
        if (index >= 0 && index < side) {
            return index;
        }
        if (side == 1) {
            return 0;
        }
        int within = Math.floorMod(index, 2 * (side - 1));
        return within < side ? within : 2 * (side - 1) - within;
    }
}
