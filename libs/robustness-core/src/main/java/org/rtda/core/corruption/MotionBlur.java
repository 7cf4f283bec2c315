package org.rtda.core.corruption;

import org.apache.commons.rng.UniformRandomProvider;

/**
 * A trail along a random angle within 45 degrees of the rows: the image's copies, moved by 0, 1, ..., 2 radius pixels to the
 * nearest pixel, weighted by half a Gaussian, the border repeated (as ImageMagick's motion blur, which MedMNIST-C calls).
 * Radius and deviation are multiplied by {@code max(side / 224, 0.4)}.
 */
final class MotionBlur extends PerImage {

    MotionBlur(String name, CorruptionTable table) {
        super(name, table);
    }

    @Override
    float[] corrupt(Picture clean, double[] parameters, UniformRandomProvider random) {
        double scale = Scale.ofBlur(clean);
        double angle = Math.toRadians(90 * random.nextDouble() - 45);
        double[] weights = weights(parameters[0] * scale, parameters[1] * scale);
        int height = clean.height();
        int width = clean.width();
        float[] values = clean.values();
        float[] out = new float[values.length];
        for (int i = 0; i < weights.length; i++) {
            int right = (int) Math.round(i * StrictMath.cos(angle));
            int down = (int) Math.round(i * StrictMath.sin(angle));
            for (int start = 0; start < out.length; start += height * width) {
                for (int row = 0; row < height; row++) {
                    int from = start + Math.max(0, Math.min(row + down, height - 1)) * width;
                    addMoved(values, from, right, weights[i], out, start + row * width, width);
                }
            }
        }
        return out;
    }

    private static void addMoved(
            float[] values, int from, int right, double weight, float[] out, int to, int width) {
        int inside = Math.max(0, width - right);
        for (int column = 0; column < inside; column++) {
            out[to + column] += (float) (weight * values[from + right + column]);
        }
        float atBorder = (float) (weight * values[from + width - 1]);
        for (int column = inside; column < width; column++) {
            out[to + column] += atBorder;
        }
    }

    static double[] weights(double radius, double sigma) {
        double[] weights = new double[2 * (int) Math.max(1, Math.round(radius)) + 1];
        double sum = 0;
        for (int i = 0; i < weights.length; i++) {
            weights[i] = StrictMath.exp(-i * i / (2 * sigma * sigma));
            sum += weights[i];
        }
        for (int i = 0; i < weights.length; i++) {
            weights[i] /= sum;
        }
        return weights;
    }
}
