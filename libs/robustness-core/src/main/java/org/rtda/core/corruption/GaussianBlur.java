package org.rtda.core.corruption;

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
        double[] rows = new double[clean.planeSize()];
        for (int start = 0; start < values.length; start += clean.planeSize()) {
            for (int row = 0; row < height; row++) {
                for (int column = 0; column < width; column++) {
                    double sum = 0;
                    for (int k = 0; k < kernel.length; k++) {
                        int from = reflected(column + k - kernel.length / 2, width);
                        sum += kernel[k] * values[start + row * width + from];
                    }
                    rows[row * width + column] = sum;
                }
            }
            for (int row = 0; row < height; row++) {
                for (int column = 0; column < width; column++) {
                    double sum = 0;
                    for (int k = 0; k < kernel.length; k++) {
                        int from = reflected(row + k - kernel.length / 2, height);
                        sum += kernel[k] * rows[from * width + column];
                    }
                    values[start + row * width + column] = (float) sum;
                }
            }
        }
        return values;
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
