package org.rtda.core.corruption;

import java.util.Arrays;
import org.apache.commons.rng.UniformRandomProvider;

/**
 * A trail along a random angle within 45 degrees of the rows: the image's copies, moved by 0, 1, ..., 2 radius pixels to the
 * nearest pixel, weighted by half a Gaussian, the border repeated (as ImageMagick's motion blur, which MedMNIST-C calls).
 * Radius and deviation are multiplied by {@code max(side / 224, 0.4)}.
 */
final class MotionBlur extends PerImage {
    /** So many moved rows are added up in one pass; those missing from a multiple weigh nothing. */
    private static final int AT_ONCE = 4;

    MotionBlur(String name, CorruptionTable table) {
        super(name, table);
    }

    @Override
    float[] corrupt(BatchImage clean, double[] parameters, UniformRandomProvider random) {
        double scale = Scale.ofBlur(clean);
        return trail(clean, weights(parameters[0] * scale, parameters[1] * scale), 90 * random.nextDouble() - 45);
    }

    /** @param degrees from the rows, downwards where positive */
    static float[] trail(BatchImage clean, double[] weights, double degrees) {
        double angle = Math.toRadians(degrees);
        int height = clean.height();
        int width = clean.width();
        float[] values = clean.values();
        float[] out = new float[values.length];
        int taps = (weights.length + AT_ONCE - 1) / AT_ONCE * AT_ONCE;
        float[] factors = new float[taps];
        int[] right = new int[taps];
        int[] down = new int[taps];
        for (int i = 0; i < weights.length; i++) {
            factors[i] = (float) weights[i];
            right[i] = (int) Math.min(width, Math.round(i * StrictMath.cos(angle)));
            down[i] = (int) Math.round(i * StrictMath.sin(angle));
        }
        float[] sums = new float[width];
        float[][] moved = new float[AT_ONCE][width];
        for (int start = 0; start < out.length; start += height * width) {
            for (int row = 0; row < height; row++) {
                Arrays.fill(sums, 0);
                for (int i = 0; i < taps; i += AT_ONCE) {
                    for (int k = 0; k < AT_ONCE; k++) {
                        int from = Math.max(0, Math.min(row + down[i + k], height - 1));
                        move(values, start + from * width, right[i + k], moved[k]);
                    }
                    add(factors, i, moved[0], moved[1], moved[2], moved[3], sums);
                }
                System.arraycopy(sums, 0, out, start + row * width, width);
            }
        }
        return out;
    }

    /** A row moved to the left, its last value repeated. */
    private static void move(float[] values, int from, int right, float[] moved) {
        int inside = moved.length - right;
        System.arraycopy(values, from + right, moved, 0, inside);
        Arrays.fill(moved, inside, moved.length, values[from + moved.length - 1]);
    }

    /** A loop of its own without offsets, of which the compiler makes vector instructions. */
    private static void add(float[] factors, int at, float[] a, float[] b, float[] c, float[] d, float[] sums) {
        float ofA = factors[at];
        float ofB = factors[at + 1];
        float ofC = factors[at + 2];
        float ofD = factors[at + 3];
        for (int i = 0; i < sums.length; i++) {
            sums[i] = sums[i] + ofA * a[i] + ofB * b[i] + ofC * c[i] + ofD * d[i];
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
