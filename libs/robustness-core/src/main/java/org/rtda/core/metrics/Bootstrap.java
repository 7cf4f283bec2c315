package org.rtda.core.metrics;

import java.util.Arrays;
import java.util.function.ToDoubleFunction;
import org.apache.commons.rng.UniformRandomProvider;
import org.rtda.core.Seed;

/**
 * Percentile interval by resampling (Efron, Annals of Statistics 7, 1979), stratified: each class keeps its number of
 * images, so that a statistic that is defined on the sample is defined on every resample.
 */
final class Bootstrap {
    static final int RESAMPLES = 2000;

    private Bootstrap() {}

    /**
     * @param strata of each image, each in [0, classes)
     * @param statistic of the sample in which image i occurs {@code counts[i]} times; must not keep the array
     */
    static Estimate interval(int[] strata, int classes, Seed seed, ToDoubleFunction<int[]> statistic) {
        int[] once = new int[strata.length];
        Arrays.fill(once, 1);
        double value = statistic.applyAsDouble(once);
        int[][] members = members(strata, classes);
        UniformRandomProvider random = seed.forPurpose("bootstrap").generator();
        double[] resampled = new double[RESAMPLES];
        int[] counts = new int[strata.length];
        for (int r = 0; r < RESAMPLES; r++) {
            Arrays.fill(counts, 0);
            for (int[] stratum : members) {
                for (int i = 0; i < stratum.length; i++) {
                    counts[stratum[random.nextInt(stratum.length)]]++;
                }
            }
            resampled[r] = statistic.applyAsDouble(counts);
        }
        Arrays.sort(resampled);
        return new Estimate(value, percentile(resampled, 0.025), percentile(resampled, 0.975), strata.length);
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
