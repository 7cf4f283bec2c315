package org.rtda.imaging.split;

/**
 * How many percent of the images each split is to have; together 100, each at least 1.
 */
public record SplitShares(int train, int val, int test) {
    /** What is taken where nobody says. */
    public static final SplitShares DEFAULT = new SplitShares(70, 10, 20);

    public SplitShares {
        if (train < 1 || val < 1 || test < 1 || train + val + test != 100) {
            throw new IllegalArgumentException(
                    "shares of train, val and test must each be at least 1 and together 100 percent, were " + train
                            + ", " + val + " and " + test);
        }
    }

    double of(Split split) {
        return switch (split) {
            case TRAIN -> train / 100.0;
            case VAL -> val / 100.0;
            case TEST -> test / 100.0;
        };
    }
}
