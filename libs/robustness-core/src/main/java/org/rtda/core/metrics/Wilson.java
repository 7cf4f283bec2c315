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
        double p = (double) successes / n;
        double z2 = Z * Z;
        double centre = (p + z2 / (2 * n)) / (1 + z2 / n);
        double half = Z / (1 + z2 / n) * Math.sqrt(p * (1 - p) / n + z2 / (4.0 * n * n));
        double low = successes == 0 ? 0 : Math.max(0, centre - half);
        double high = successes == n ? 1 : Math.min(1, centre + half);
        return new Estimate(p, low, high, n);
    }
}
