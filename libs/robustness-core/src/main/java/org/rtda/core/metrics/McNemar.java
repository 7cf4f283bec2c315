package org.rtda.core.metrics;

import org.apache.commons.statistics.distribution.BinomialDistribution;

/**
 * McNemar's test of two classifiers on the same images (McNemar, Psychometrika 12, 1947; for classifiers Dietterich, Neural
 * Computation 10, 1998), in its exact form at every count: the images on which exactly one of the two is right are, if both
 * err equally often, a fair coin's throws (Fagerland, Lydersen and Laake, BMC Medical Research Methodology 13:91, 2013, who
 * call it the exact conditional test and find it conservative). It says nothing about another training run of the same
 * method, and images must be independent: an image counts once.
 *
 * @param onlyFirst images on which the first classifier alone is right
 * @param onlySecond images on which the second alone is right
 * @param n all images
 * @param pValue two-sided, in (0,1]
 */
public record McNemar(int onlyFirst, int onlySecond, int n, double pValue) {

    /**
     * @param firstRight by image, whether the first classifier is right
     * @param secondRight the same images in the same order
     */
    public static McNemar of(boolean[] firstRight, boolean[] secondRight) {
        if (firstRight.length != secondRight.length || firstRight.length == 0) {
            throw new IllegalArgumentException("both classifiers must be judged on the same images, at least one, were "
                    + firstRight.length + " and " + secondRight.length);
        }
        int onlyFirst = 0;
        int onlySecond = 0;
        for (int i = 0; i < firstRight.length; i++) {
            if (firstRight[i] != secondRight[i]) {
                if (firstRight[i]) {
                    onlyFirst++;
                } else {
                    onlySecond++;
                }
            }
        }
        return new McNemar(onlyFirst, onlySecond, firstRight.length, pValue(onlyFirst, onlySecond));
    }

    /** Twice the smaller tail of Binomial(b + c, 1/2), at most 1; 1 without a discordant image. */
    private static double pValue(int onlyFirst, int onlySecond) {
        double tail = BinomialDistribution.of(onlyFirst + onlySecond, 0.5)
                .cumulativeProbability(Math.min(onlyFirst, onlySecond));
        return Math.min(1, Math.max(Double.MIN_NORMAL, 2 * tail));
    }
}
