package org.rtda.core.metrics;

import org.apache.commons.statistics.distribution.BetaDistribution;

/**
 * The exact interval of a proportion: Clopper and Pearson, Biometrika 26 (1934), 404-413. It covers at least as often as it
 * says, whatever the true value, and so is wider than Wilson's.
 */
final class ClopperPearson {
    private static final double TAIL = 0.025;

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
}
