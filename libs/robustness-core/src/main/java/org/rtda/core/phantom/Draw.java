package org.rtda.core.phantom;

import org.apache.commons.rng.UniformRandomProvider;
import org.rtda.core.Seed;

/** Random numbers of one image. Only StrictMath and plain arithmetic, so that every machine draws the same. */
final class Draw {
    /** Above this mean a Poisson count is drawn from the normal distribution that it approaches. */
    private static final double POISSON_BY_PRODUCT = 30;

    private final UniformRandomProvider random;
    private double spare = Double.NaN;

    Draw(Seed seed) {
        this.random = seed.generator();
    }

    double uniform(double low, double high) {
        return low + (high - low) * random.nextDouble();
    }

    int below(int bound) {
        return random.nextInt(bound);
    }

    boolean chance(double probability) {
        return random.nextDouble() < probability;
    }

    double angle() {
        return uniform(0, 2 * StrictMath.PI);
    }

    /** Mean 0, deviation 1: the polar method (Marsaglia and Bray, SIAM Review 1964). */
    double gaussian() {
        if (!Double.isNaN(spare)) {
            double kept = spare;
            spare = Double.NaN;
            return kept;
        }
        while (true) {
            double a = 2 * random.nextDouble() - 1;
            double b = 2 * random.nextDouble() - 1;
            double square = a * a + b * b;
            if (square > 0 && square < 1) {
                double scale = Math.sqrt(-2 * StrictMath.log(square) / square);
                spare = b * scale;
                return a * scale;
            }
        }
    }

    double gaussian(double mean, double deviation) {
        return mean + deviation * gaussian();
    }

    /** Always positive; half of the draws lie below the median. */
    double logNormal(double median, double sigma) {
        return median * StrictMath.exp(sigma * gaussian());
    }

    /** A count of quanta; above a mean of 30 the normal approximation, rounded. */
    double poisson(double mean) {
        if (mean > POISSON_BY_PRODUCT) {
            return Math.max(0, Math.rint(gaussian(mean, Math.sqrt(mean))));
        }
        double limit = StrictMath.exp(-mean);
        double product = random.nextDouble();
        int count = 0;
        while (product > limit) {
            product *= random.nextDouble();
            count++;
        }
        return count;
    }
}
