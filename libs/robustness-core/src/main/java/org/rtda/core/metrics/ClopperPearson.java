package org.rtda.core.metrics;

import org.apache.commons.statistics.distribution.BetaDistribution;

/**
 * The exact interval of a proportion: Clopper and Pearson, Biometrika 26 (1934), 404-413. It covers at least as often as it
 * says, whatever the true value, and so is wider than Wilson's.
 */
final class ClopperPearson {
    private static final double TAIL = 0.025;
    /** A part of an image so small that the end of the interval is the limit to all digits that are shown. */
    private static final double NONE = 1e-3;

    private ClopperPearson() {}

    /**
     * @param successes 0 to n
     * @param n at least 1
     */
    static Estimate interval(int successes, int n) {
        return interval(successes, n, TAIL);
    }

    /** @param tail chance of a true value below the interval, and of one above it, at most; in (0, 0.5) */
    static Estimate interval(int successes, int n, double tail) {
        double low = successes == 0
                ? 0
                : BetaDistribution.of(successes, n - successes + 1.0).inverseCumulativeProbability(tail);
        double high = successes == n
                ? 1
                : BetaDistribution.of(successes + 1.0, n - successes).inverseSurvivalProbability(tail);
        return new Estimate((double) successes / n, low, high, n);
    }

    /**
     * Of a mean of n values in [0,1] whose variance is {@code share} of a proportion's: the interval of as many images as a
     * proportion of that variance would need, {@code n / share}, right or wrong. Between whole counts the beta distribution
     * goes on as it does at them (Korn and Graubard, Survey Methodology 24, 1998, 193-201, who do so for effective sizes).
     *
     * @param mean in [0,1]
     * @param share in (0, 1]
     */
    static Estimate ofMean(double mean, int n, double share) {
        double size = n / share;
        double successes = size * mean;
        double failures = size * (1 - mean);
        double low = successes < NONE
                ? 0
                : BetaDistribution.of(successes, failures + 1).inverseCumulativeProbability(TAIL);
        double high = failures < NONE
                ? 1
                : BetaDistribution.of(successes + 1, failures).inverseSurvivalProbability(TAIL);
        return new Estimate(mean, Math.min(low, mean), Math.max(high, mean), n);
    }
}
