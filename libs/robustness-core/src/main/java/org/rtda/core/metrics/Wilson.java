package org.rtda.core.metrics;

/**
 * The score interval of a proportion: Wilson, JASA 22 (1927), 209-212, without continuity correction. Unlike the textbook's
 * {@code p +- 1.96 s} it stays within [0,1] and has a width at 0 and 1.
 */
public final class Wilson {
    /** The normal distribution's 97.5% point. */
    static final double Z = 1.959963984540054;

    private Wilson() {}

    /**
     * @param successes 0 to n
     * @param n at least 1
     */
    public static Estimate interval(int successes, int n) {
        if (n < 1 || successes < 0 || successes > n) {
            throw new IllegalArgumentException(
                    "successes must be in [0, n] and n at least 1, were " + successes + " of " + n);
        }
        return interval((double) successes / n, n, 1);
    }

    /**
     * Of a mean of n values in [0,1]: those means m that are not further from the one found than 1.96 times the root of
     * {@code share * m (1 - m) / n}.
     *
     * @param mean in [0,1]
     * @param share of the variance of a proportion that the values have, in (0, 1]
     */
    static Estimate interval(double mean, int n, double share) {
        double z2 = Z * Z * share;
        double centre = (mean + z2 / (2 * n)) / (1 + z2 / n);
        double half = Math.sqrt(z2) / (1 + z2 / n) * Math.sqrt(mean * (1 - mean) / n + z2 / (4.0 * n * n));
        double low = mean == 0 ? 0 : Math.min(mean, Math.max(0, centre - half));
        double high = mean == 1 ? 1 : Math.max(mean, Math.min(1, centre + half));
        return new Estimate(mean, low, high, n);
    }
}
