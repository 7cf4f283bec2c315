package org.rtda.core.phantom;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Gaussian random fields whose power falls as 1/f^beta with the spatial frequency: the texture of breast tissue has beta
 * near 3 (Burgess, Jacobson and Judy, Medical Physics 28, 2001, 419-437). Fields are periodic, of mean 0 and expected
 * variance 1.
 */
final class PowerLawField {
    private static final Map<Integer, double[]> TWIDDLES = new ConcurrentHashMap<>();

    private PowerLawField() {}

    /** @param size a power of two */
    static Plane of(int size, double beta, Draw draw) {
        double[] real = new double[size * size];
        double[] imaginary = new double[size * size];
        double[] amplitudes = amplitudes(size / 2 + 1, beta);
        double power = 0;
        for (int row = 0; row < size; row++) {
            for (int column = 0; column < size; column++) {
                int down = Math.min(row, size - row);
                int along = Math.min(column, size - column);
                int square = down * down + along * along;
                if (square > 0) {
                    double amplitude = amplitudes[down * (size / 2 + 1) + along];
                    power += amplitude * amplitude;
                    real[row * size + column] = amplitude * draw.gaussian();
                    imaginary[row * size + column] = amplitude * draw.gaussian();
                }
            }
        }
        // the real part of a complex field with independent parts has half of each part's power: together the whole
        transform(size, real, imaginary);
        double scale = 1 / Math.sqrt(power);
        for (int i = 0; i < real.length; i++) {
            real[i] *= scale;
        }
        return new Plane(size, real);
    }

    /** By the two frequencies' sizes, 0 to half of the grid's side. */
    private static double[] amplitudes(int count, double beta) {
        double[] amplitudes = new double[count * count];
        for (int down = 0; down < count; down++) {
            for (int along = down; along < count; along++) {
                double amplitude = StrictMath.pow(Math.max(1, down * down + along * along), -beta / 4);
                amplitudes[down * count + along] = amplitude;
                amplitudes[along * count + down] = amplitude;
            }
        }
        return amplitudes;
    }

    /** The unnormalised two-dimensional Fourier transform, in place. */
    static void transform(int size, double[] real, double[] imaginary) {
        double[] lineReal = new double[size];
        double[] lineImaginary = new double[size];
        for (int row = 0; row < size; row++) {
            line(size, real, imaginary, row * size, 1, lineReal, lineImaginary);
        }
        for (int column = 0; column < size; column++) {
            line(size, real, imaginary, column, size, lineReal, lineImaginary);
        }
    }

    private static void line(
            int size,
            double[] real,
            double[] imaginary,
            int start,
            int stride,
            double[] lineReal,
            double[] lineImaginary) {
        int bits = Integer.numberOfTrailingZeros(size);
        for (int i = 0; i < size; i++) {
            int from = start + (Integer.reverse(i) >>> (Integer.SIZE - bits)) * stride;
            lineReal[i] = real[from];
            lineImaginary[i] = imaginary[from];
        }
        double[] twiddles = TWIDDLES.computeIfAbsent(size, PowerLawField::twiddles);
        for (int half = 1; half < size; half *= 2) {
            int step = size / (2 * half);
            for (int block = 0; block < size; block += 2 * half) {
                for (int i = 0; i < half; i++) {
                    double cosine = twiddles[2 * i * step];
                    double sine = twiddles[2 * i * step + 1];
                    int low = block + i;
                    int high = low + half;
                    double turnedReal = lineReal[high] * cosine - lineImaginary[high] * sine;
                    double turnedImaginary = lineReal[high] * sine + lineImaginary[high] * cosine;
                    lineReal[high] = lineReal[low] - turnedReal;
                    lineImaginary[high] = lineImaginary[low] - turnedImaginary;
                    lineReal[low] += turnedReal;
                    lineImaginary[low] += turnedImaginary;
                }
            }
        }
        for (int i = 0; i < size; i++) {
            real[start + i * stride] = lineReal[i];
            imaginary[start + i * stride] = lineImaginary[i];
        }
    }

    private static double[] twiddles(int size) {
        double[] twiddles = new double[size];
        for (int i = 0; i < size / 2; i++) {
            double angle = -2 * StrictMath.PI * i / size;
            twiddles[2 * i] = StrictMath.cos(angle);
            twiddles[2 * i + 1] = StrictMath.sin(angle);
        }
        return twiddles;
    }
}
