package org.rtda.core.metrics;

import java.util.Arrays;
import java.util.Optional;
import org.apache.commons.statistics.distribution.TDistribution;

/**
 * The mean of a few independent values (a figure of several training seeds, or of paired differences between two methods)
 * with Student's 95% interval (Student, Biometrika 6, 1908). It takes the values for normally distributed, which a handful
 * cannot show; the interval is not cut to [0,1].
 *
 * @param deviation with n - 1 in the denominator; exactly 0 where the values differ by no more than rounding
 * @param low equal to high where the deviation is 0: such values say nothing about their spread ({@link #showsSpread})
 * @param count of values, at least 2
 */
public record SampleMean(double mean, double deviation, double low, double high, int count) {
    /** Far above the rounding of figures in [-1,1], far below an image among millions. */
    private static final double ROUNDING = 1e-12;
    /** Beyond each end of a 95% interval. */
    private static final double TAIL = 0.025;

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
        boolean alike = Arrays.stream(values).allMatch(v -> Math.abs(v - values[0]) <= ROUNDING);
        double deviation = alike
                ? 0
                : Math.sqrt(
                        Arrays.stream(values).map(v -> (v - mean) * (v - mean)).sum() / (n - 1));
        double half = TDistribution.of(n - 1).inverseSurvivalProbability(TAIL) * deviation / Math.sqrt(n);
        return Optional.of(new SampleMean(mean, deviation, mean - half, mean + half, n));
    }

    /**
     * Whether the values differ. Where they do not, Student's interval has no width, which is no evidence that the next value
     * would be the same: give the interval over test images instead.
     */
    public boolean showsSpread() {
        return deviation > 0;
    }

    /** Two-sided p-value of Student's test that the true mean is 0. Empty when all values are equal and not 0: no spread. */
    public Optional<Double> pValueOfZero() {
        if (deviation == 0) {
            return Math.abs(mean) <= ROUNDING ? Optional.of(1.0) : Optional.empty();
        }
        return Optional.of(
                2 * TDistribution.of(count - 1).survivalProbability(Math.abs(mean) / (deviation / Math.sqrt(count))));
    }
}
