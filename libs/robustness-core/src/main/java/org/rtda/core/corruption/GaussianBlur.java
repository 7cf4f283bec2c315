package org.rtda.core.corruption;

import java.util.Arrays;
import org.apache.commons.rng.UniformRandomProvider;

/**
 * Blur with a k x k kernel of deviation {@code 0.3 ((k - 1) / 2 - 1) + 0.8} at 224 pixels. At another side both are
 * multiplied by {@code max(side / 224, 0.4)}, and the kernel is made the nearest odd number, at least 3: at 28 pixels the
 * deviations are 0.32, 0.44, 0.56, 0.68 and 0.8 pixels. The border is reflected without repeating the edge.
 */
final class GaussianBlur extends PerImage {

    GaussianBlur(String name, CorruptionTable table) {
        super(name, table);
    }

    @Override
    float[] corrupt(Picture clean, double[] parameters, UniformRandomProvider random) {
        double[] kernel = kernel(parameters[0], Scale.ofBlur(clean));
        int height = clean.height();
        int width = clean.width();
        float[] values = clean.values();
        int radius = kernel.length / 2;
        double[] rows = new double[clean.planeSize()];
        double[] padded = new double[width + 2 * radius];
        double[] sums = new double[width];
        for (int start = 0; start < values.length; start += clean.planeSize()) {
            for (int row = 0; row < height; row++) {
                for (int i = 0; i < padded.length; i++) {
                    padded[i] = values[start + row * width + reflected(i - radius, width)];
                }
                Arrays.fill(sums, 0);
                for (int k = 0; k < kernel.length; k++) {
                    addScaled(kernel[k], padded, k, sums);
                }
                System.arraycopy(sums, 0, rows, row * width, width);
            }
            for (int row = 0; row < height; row++) {
                Arrays.fill(sums, 0);
                for (int k = 0; k < kernel.length; k++) {
                    addScaled(kernel[k], rows, reflected(row + k - radius, height) * width, sums);
                }
                for (int column = 0; column < width; column++) {
                    values[start + row * width + column] = (float) sums[column];
                }
            }
        }
        return values;
    }

    /** A loop of its own, which the compiler turns into vector instructions. */
    private static void addScaled(double factor, double[] values, int from, double[] sums) {
        for (int i = 0; i < sums.length; i++) {
            sums[i] += factor * values[from + i];
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
