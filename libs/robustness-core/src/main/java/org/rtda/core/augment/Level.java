package org.rtda.core.augment;

/**
 * An operation's level as AugMix's reference code scales it: a number in (0, 10] that is a share of the operation's
 * greatest parameter ({@code int_parameter} and {@code float_parameter} there).
 */
final class Level {
    static final double LOWEST = 0.1;
    static final double HIGHEST = 10;

    private Level() {}

    /** Cut towards zero. */
    static int ofWhole(double level, double greatest) {
        return (int) (level * greatest / HIGHEST);
    }

    static double of(double level, double greatest) {
        return level * greatest / HIGHEST;
    }

    /** The factor of the enhancing operations: 1 leaves an image as it is, less weakens, more exaggerates. */
    static double enhanceFactor(double level) {
        return of(level, 1.8) + 0.1;
    }
}
