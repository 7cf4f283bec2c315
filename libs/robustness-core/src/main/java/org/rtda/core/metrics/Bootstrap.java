package org.rtda.core.metrics;

import java.util.Arrays;
import java.util.function.ToDoubleFunction;
import org.apache.commons.rng.UniformRandomProvider;
import org.rtda.core.Seed;

/**
 * Percentile intervals by resampling (Efron, Annals of Statistics 7, 1979), stratified: each class keeps its number of
 * images, so that a statistic that is defined on the sample is defined on every resample. All figures of one set of images can
 * share one bootstrap: drawing is the greater part of the work. Not safe for use by several threads.
 */
public final class Bootstrap {
    static final int RESAMPLES = 2000;

    /** Counts worth 16 MB are kept between figures; of more images they are drawn again, to the same numbers. */
    private static final int MOST_KEPT_COUNTS = 4 << 20;

    private final int images;
    private final int[][] members;
    private final Seed seed;
    private int[][] kept;

    /**
     * @param strata of each image, each in [0, classes): its label
     * @param seed the same seed gives the same intervals
     */
    public Bootstrap(int[] strata, int classes, Seed seed) {
        this.images = strata.length;
        this.members = members(strata, classes);
        this.seed = seed.forPurpose("bootstrap");
    }

    /** @param statistic of the sample in which image i occurs {@code counts[i]} times; must neither keep nor change the array */
    Estimate interval(ToDoubleFunction<int[]> statistic) {
        int[] once = new int[images];
        Arrays.fill(once, 1);
        double value = statistic.applyAsDouble(once);
        double[] resampled = new double[RESAMPLES];
        if ((long) RESAMPLES * images <= MOST_KEPT_COUNTS) {
            kept = kept == null ? drawn() : kept;
            for (int r = 0; r < RESAMPLES; r++) {
                resampled[r] = statistic.applyAsDouble(kept[r]);
            }
        } else {
            UniformRandomProvider random = seed.generator();
            int[] counts = new int[images];
            for (int r = 0; r < RESAMPLES; r++) {
                Arrays.fill(counts, 0);
                draw(random, counts);
                resampled[r] = statistic.applyAsDouble(counts);
            }
        }
        Arrays.sort(resampled);
        return new Estimate(value, percentile(resampled, 0.025), percentile(resampled, 0.975), images);
    }

    void checkImages(int length) {
        if (length != images) {
            throw new IllegalArgumentException(
                    "the bootstrap must be of the same images, is of " + images + " and labels are " + length);
        }
    }

    private int[][] drawn() {
        UniformRandomProvider random = seed.generator();
        int[][] drawn = new int[RESAMPLES][images];
        for (int[] counts : drawn) {
            draw(random, counts);
        }
        return drawn;
    }

    /**
     * As many members of each stratum as it has, with replacement. Two draws a random number, 32 bits each, scaled to the
     * stratum: the bias, at most its size in 2^32, is far below what so few resamples can show.
     */
    private void draw(UniformRandomProvider random, int[] counts) {
        for (int[] stratum : members) {
            long size = stratum.length;
            for (int i = 0; i < stratum.length; i += 2) {
                long bits = random.nextLong();
                counts[stratum[(int) ((bits >>> 32) * size >>> 32)]]++;
                if (i + 1 < stratum.length) {
                    counts[stratum[(int) ((bits & 0xffffffffL) * size >>> 32)]]++;
                }
            }
        }
    }

    private static int[][] members(int[] strata, int classes) {
        int[] sizes = Labels.counts(strata, classes);
        int[][] members = new int[classes][];
        for (int k = 0; k < classes; k++) {
            members[k] = new int[sizes[k]];
        }
        int[] filled = new int[classes];
        for (int i = 0; i < strata.length; i++) {
            members[strata[i]][filled[strata[i]]++] = i;
        }
        return members;
    }

    /** Linear between the two nearest ranks, numpy's default. */
    static double percentile(double[] sorted, double share) {
        double at = share * (sorted.length - 1);
        int below = (int) at;
        int above = Math.min(below + 1, sorted.length - 1);
        return sorted[below] + (at - below) * (sorted[above] - sorted[below]);
    }
}
