package org.rtda.core.metrics;

import java.util.Arrays;
import java.util.Optional;

/**
 * The mean of a few independent values (a figure of several training seeds, or of paired differences between two methods)
 * with Student's 95% interval (Student, Biometrika 6, 1908). It takes the values for normally distributed, which a handful
 * cannot show; the interval is not cut to [0,1].
 *
 * @param deviation with n - 1 in the denominator
 * @param count of values, at least 2
 */
public record SampleMean(double mean, double deviation, double low, double high, int count) {

    /** Empty for fewer than two values: one value says nothing about its spread. */
    public static Optional<SampleMean> of(double... values) {
        for (double value : values) {
            if (!Double.isFinite(value)) {
                throw new IllegalArgumentException("values must be finite, was " + value);
            }
        }
        int n = values.length;
        if (n < 2) {
            return Optional.empty();
        }
        double mean = Arrays.stream(values).average().getAsDouble();
        double deviation = Math.sqrt(
                Arrays.stream(values).map(v -> (v - mean) * (v - mean)).sum() / (n - 1));
        double half = StudentT.quantile975(n - 1) * deviation / Math.sqrt(n);
        return Optional.of(new SampleMean(mean, deviation, mean - half, mean + half, n));
    }

    /** Two-sided p-value of Student's test that the true mean is 0. Empty when all values are equal and not 0: no spread. */
    public Optional<Double> pValueOfZero() {
        if (deviation == 0) {
            return mean == 0 ? Optional.of(1.0) : Optional.empty();
        }
        return Optional.of(StudentT.twoSided(mean / (deviation / Math.sqrt(count)), count - 1));
    }
}
