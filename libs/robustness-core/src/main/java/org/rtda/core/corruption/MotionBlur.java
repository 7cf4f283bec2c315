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
        return trail(clean, weights(parameters[0] * scale, parameters[1] * scale), 90 * random.nextDouble() - 45);
    }

    /** @param degrees from the rows, downwards where positive */
    static float[] trail(Picture clean, double[] weights, double degrees) {
        double angle = Math.toRadians(degrees);
        int height = clean.height();
        int width = clean.width();
        float[] out = new float[clean.values().length];
        for (int i = 0; i < weights.length; i++) {
            int right = (int) Math.round(i * StrictMath.cos(angle));
            int down = (int) Math.round(i * StrictMath.sin(angle));
            for (int at = 0; at < out.length; at++) {
                int column = Math.min(at % width + right, width - 1);
                int row = Math.max(0, Math.min(at / width % height + down, height - 1));
                int start = at / (height * width) * height * width;
                out[at] += (float) (weights[i] * clean.values()[start + row * width + column]);
            }
        }
        return out;
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
