package org.rtda.core.corruption;

import org.apache.commons.rng.UniformRandomProvider;

/**
 * Draws from one Poisson distribution by Walker's alias method (ACM TOMS 3(3), 1977) from one 32-bit number: 8 bits choose one of
 * 256 counts, the others whether it or its alias counts. Each probability is right to 2^-24 of a 256th; counts farther
 * from the mean than 128, at least seven deviations, are left out. Immutable.
 */
final class PoissonTable {
    static final double HIGHEST_MEAN = 300;
    private static final int SIZE = 256;
    /** The highest that any table draws. */
    static final int HIGHEST_COUNT = (int) HIGHEST_MEAN + SIZE / 2 - 1;

    private static final int FRACTION_BITS = 24;

    private final int lowest;
    /**
     * The share of each count's 256th that is its own, in 2^-24, and its alias in the lower 8 bits. In 32 bits, so that the tables of all
     * levels of an image fit the second cache.
     */
    private final int[] entries = new int[SIZE];

    PoissonTable(double mean) {
        if (!(mean > 0 && mean <= HIGHEST_MEAN)) {
            throw new IllegalArgumentException("mean must be in (0, " + HIGHEST_MEAN + "], was " + mean);
        }
        lowest = Math.max(0, (int) mean - SIZE / 2);
        double[] shares = shares(mean);
        int[] small = new int[SIZE];
        int[] large = new int[SIZE];
        int smalls = 0;
        int larges = 0;
        for (int i = 0; i < SIZE; i++) {
            if (shares[i] < 1) {
                small[smalls++] = i;
            } else {
                large[larges++] = i;
            }
        }
        while (smalls > 0 && larges > 0) {
            int poor = small[--smalls];
            int rich = large[larges - 1];
            entries[poor] = entry(poor, shares[poor], rich);
            shares[rich] -= 1 - shares[poor];
            if (shares[rich] < 1) {
                larges--;
                small[smalls++] = rich;
            }
        }
        // what is left over has a full share but for roundings
        while (larges > 0) {
            int full = large[--larges];
            entries[full] = entry(full, 1, full);
        }
        while (smalls > 0) {
            int full = small[--smalls];
            entries[full] = entry(full, 1, full);
        }
    }

    int draw(UniformRandomProvider random) {
        int bits = random.nextInt();
        int i = bits >>> FRACTION_BITS;
        int entry = entries[i];
        int alias = entry & 0xff;
        // all ones where the count itself is meant; a branch would often be predicted wrongly
        int own = (bits & (1 << FRACTION_BITS) - 1) - (entry >>> 8) >> 31;
        return lowest + (alias ^ (alias ^ i) & own);
    }

    /** 256 times each count's probability; by StrictMath, so that every JDK draws the same. */
    private double[] shares(double mean) {
        double[] shares = new double[SIZE];
        double logarithm = -mean;
        for (int k = 1; k <= lowest; k++) {
            logarithm += StrictMath.log(mean / k);
        }
        double sum = 0;
        for (int i = 0; i < SIZE; i++) {
            shares[i] = StrictMath.exp(logarithm);
            sum += shares[i];
            logarithm += StrictMath.log(mean / (lowest + i + 1));
        }
        for (int i = 0; i < SIZE; i++) {
            shares[i] *= SIZE / sum;
        }
        return shares;
    }

    /** A share that rounds to all, which 24 bits cannot hold, is had with a count that is its own alias. */
    private static int entry(int count, double share, int alias) {
        long rounded = StrictMath.round(share * (1 << FRACTION_BITS));
        return rounded < 1 << FRACTION_BITS ? (int) rounded << 8 | alias : count;
    }
}
