package org.rtda.core.metrics;

import java.util.Arrays;
import java.util.Comparator;
import java.util.stream.IntStream;

/** What remains of p-values when there is more than one of them. */
public final class MultipleTests {
    private MultipleTests() {}

    /**
     * Holm's step-down correction (Scandinavian Journal of Statistics 6, 1979): rejecting what comes out at or below alpha
     * keeps the chance of any false rejection at alpha, however the tests depend on each other.
     *
     * @param pValues one for each hypothesis, each in [0,1]
     * @return the adjusted p-values in the same order
     */
    public static double[] holm(double... pValues) {
        check(pValues);
        int[] rising = IntStream.range(0, pValues.length)
                .boxed()
                .sorted(Comparator.comparingDouble(i -> pValues[i]))
                .mapToInt(Integer::intValue)
                .toArray();
        double[] adjusted = new double[pValues.length];
        double greatest = 0;
        for (int i = 0; i < rising.length; i++) {
            greatest = Math.max(greatest, Math.min(1, (rising.length - i) * pValues[rising[i]]));
            adjusted[rising[i]] = greatest;
        }
        return adjusted;
    }

    /**
     * One p-value from several of the same hypothesis that may depend on each other in any way: twice their mean, at most 1
     * (Rueschendorf, Advances in Applied Probability 14, 1982; Vovk and Wang, Biometrika 107, 2020). A single one is itself.
     *
     * @param pValues at least one, each in [0,1]
     */
    public static double combined(double... pValues) {
        check(pValues);
        if (pValues.length == 0) {
            throw new IllegalArgumentException("there must be at least one p-value, was none");
        }
        return pValues.length == 1
                ? pValues[0]
                : Math.min(1, 2 * Arrays.stream(pValues).average().getAsDouble());
    }

    private static void check(double[] pValues) {
        for (double p : pValues) {
            if (!(p >= 0 && p <= 1)) {
                throw new IllegalArgumentException("p-values must be in [0, 1], was " + p);
            }
        }
    }
}
