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
        float[] values = clean.values();
        int[] levels = EightBits.levelsOf(values);
        float[] out = new float[values.length];
        int[] right = new int[weights.length];
        int[] down = new int[weights.length];
        float[][] ofLevels = new float[weights.length][];
        for (int i = 0; i < weights.length; i++) {
            right[i] = (int) Math.round(i * StrictMath.cos(angle));
            down[i] = (int) Math.round(i * StrictMath.sin(angle));
            ofLevels[i] = levels == null ? null : weighted(EightBits.values(), weights[i]);
        }
        // row by row, so that what is added up and the rows around stay in the nearest cache
        for (int start = 0; start < out.length; start += height * width) {
            for (int row = 0; row < height; row++) {
                int to = start + row * width;
                for (int i = 0; i < weights.length; i++) {
                    int from = start + Math.max(0, Math.min(row + down[i], height - 1)) * width;
                    if (levels == null) {
                        addMoved(weights[i], values, from, right[i], out, to, width);
                    } else {
                        addMoved(ofLevels[i], levels, from, right[i], out, to, width);
                    }
                }
            }
        }
        return out;
    }

    /** Each value times the weight, rounded to float: what {@link #addMoved} adds, once a level of an 8-bit image. */
    private static float[] weighted(float[] values, double weight) {
        float[] weighted = new float[values.length];
        for (int i = 0; i < values.length; i++) {
            weighted[i] = (float) (weight * values[i]);
        }
        return weighted;
    }

    /** A row moved to the left, its last value repeated. */
    private static void addMoved(double weight, float[] values, int from, int right, float[] out, int to, int width) {
        for (int column = 0; column < width; column++) {
            out[to + column] += (float) (weight * values[from + Math.min(right + column, width - 1)]);
        }
    }

    private static void addMoved(float[] ofLevels, int[] levels, int from, int right, float[] out, int to, int width) {
        int inside = Math.max(0, width - right);
        for (int column = 0; column < inside; column++) {
            out[to + column] += ofLevels[levels[from + right + column]];
        }
        for (int column = inside; column < width; column++) {
            out[to + column] += ofLevels[levels[from + width - 1]];
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
