package org.rtda.core.metrics;

/**
 * 95% intervals of the difference of two figures of the same images, in [-1,1]. They have a width where the two classifiers
 * agree on every image: of n such images the next could still tell them apart.
 */
public final class PairedDifference {
    private static final double Z = Wilson.Z;
    private static final int BISECTIONS = 60;

    private PairedDifference() {}

    /**
     * First accuracy minus second: the score interval of Tango, Statistics in Medicine 17 (1998), 891-908. It holds the
     * differences under which the discordant images are not rarer than chance allows; without any it is
     * {@code 1.96^2 / (n + 1.96^2)} to both sides.
     */
    public static Estimate ofAccuracies(McNemar outcomes) {
        int n = outcomes.n();
        double value = (double) (outcomes.onlyFirst() - outcomes.onlySecond()) / n;
        return new Estimate(value, end(outcomes, value, -1), end(outcomes, value, 1), n);
    }

    /**
     * First minus second, of which only the intervals are known: the method of variance estimates recovery (Zou and Donner,
     * Statistics in Medicine 27, 2008, 1693-1702) with correlation 0. Figures of the same images mostly rise and fall
     * together; then the interval is wider than it need be.
     */
    public static Estimate ofFigures(Estimate first, Estimate second) {
        double value = first.value() - second.value();
        double below = Math.hypot(first.value() - first.low(), second.high() - second.value());
        double above = Math.hypot(first.high() - first.value(), second.value() - second.low());
        return new Estimate(
                value, Math.max(-1, value - below), Math.min(1, value + above), Math.min(first.n(), second.n()));
    }

    /** Between the difference that was found and {@code limit}: the furthest that chance allows. */
    private static double end(McNemar outcomes, double value, double limit) {
        double inside = value;
        double outside = limit;
        for (int i = 0; i < BISECTIONS; i++) {
            double middle = (inside + outside) / 2;
            double distance = outcomes.n() * (value - middle);
            double variance = outcomes.n() * (2 * onlySecond(outcomes, middle) + middle * (1 - middle));
            if (distance * distance > Z * Z * variance) {
                outside = middle;
            } else {
                inside = middle;
            }
        }
        return inside;
    }

    /** The likeliest share of images on which the second alone is right, given the true difference (Tango's q). */
    private static double onlySecond(McNemar outcomes, double difference) {
        double n = outcomes.n();
        int first = outcomes.onlyFirst();
        int second = outcomes.onlySecond();
        double b = (2 * n - first + second) * difference - first - second;
        double c = -second * difference * (1 - difference);
        double root = (Math.sqrt(Math.max(0, b * b - 8 * n * c)) - b) / (4 * n);
        // neither share of discordant images is below 0
        return Math.max(root, Math.max(0, -difference));
    }
}
