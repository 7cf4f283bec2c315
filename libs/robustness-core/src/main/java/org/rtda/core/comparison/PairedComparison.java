package org.rtda.core.comparison;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.rtda.core.metrics.Estimate;
import org.rtda.core.metrics.McNemar;
import org.rtda.core.metrics.MultipleTests;
import org.rtda.core.metrics.PairedDifference;

/**
 * Two ways of training under one condition, paired by seed and image. Two questions, two tests:
 *
 * <ul>
 *   <li>Do the two trained models of a seed err equally often on images like these? McNemar's exact test, one for each
 *       seed. Seeds share their test images, so the tests depend on each other, and stacking image x seed pairs would count
 *       every image several times; the seeds' p-values are combined by twice their mean, which holds under any dependence.
 *   <li>Would other seeds show the difference too? Student's interval and test of the seeds' paired differences.
 * </ul>
 *
 * @param seeds that both have
 * @param ofSeeds by seed; empty where a seed's answers are not known image by image
 * @param combined of the seeds' McNemar tests; null where a seed has none
 * @param combinedHolm corrected by Holm over the comparisons of a family; null before {@link #corrected}
 */
public record PairedComparison(
        int seeds,
        SortedMap<Long, McNemar> ofSeeds,
        Double combined,
        Double combinedHolm,
        Difference accuracy,
        Difference balancedAccuracy) {
    public static final double ALPHA = 0.05;

    public PairedComparison {
        ofSeeds = Collections.unmodifiableSortedMap(new TreeMap<>(ofSeeds));
    }

    /** What the tests show of the first method's accuracy beside the second's. */
    public enum Finding {
        HIGHER,
        LOWER,
        NOT_SHOWN,
        /** There is no test on images. */
        NOT_TESTED
    }

    /**
     * @param first outcomes by seed
     * @param second the other method's under the same condition
     * @return empty where no seed is in both
     */
    public static Optional<PairedComparison> of(Map<Long, RunOutcome> first, Map<Long, RunOutcome> second) {
        List<Long> shared =
                first.keySet().stream().filter(second::containsKey).sorted().toList();
        if (shared.isEmpty()) {
            return Optional.empty();
        }
        SortedMap<Long, McNemar> ofSeeds = new TreeMap<>();
        List<Difference.Pair> accuracies = new ArrayList<>();
        List<Difference.Pair> balanced = new ArrayList<>();
        for (long seed : shared) {
            RunOutcome one = first.get(seed);
            RunOutcome other = second.get(seed);
            Optional<McNemar> images = mcNemar(one, other);
            images.ifPresent(test -> ofSeeds.put(seed, test));
            accuracies.add(images.map(test ->
                            new Difference.Pair(one.accuracy(), other.accuracy(), PairedDifference.ofAccuracies(test)))
                    .orElseGet(() -> Difference.Pair.of(one.accuracy(), other.accuracy())));
            if (one.balancedAccuracy() != null && other.balancedAccuracy() != null) {
                balanced.add(Difference.Pair.of(one.balancedAccuracy(), other.balancedAccuracy()));
            }
        }
        Double combined = ofSeeds.size() < shared.size()
                ? null
                : MultipleTests.combined(
                        ofSeeds.values().stream().mapToDouble(McNemar::pValue).toArray());
        return Optional.of(new PairedComparison(
                shared.size(), ofSeeds, combined, null, Difference.of(accuracies), Difference.of(balanced)));
    }

    private static Optional<McNemar> mcNemar(RunOutcome first, RunOutcome second) {
        return first.answers() == null
                        || second.answers() == null
                        || !first.answers().images().equals(second.answers().images())
                ? Optional.empty()
                : Optional.of(
                        McNemar.of(first.answers().right(), second.answers().right()));
    }

    /**
     * Each with its p-values corrected by Holm's method over all of them.
     *
     * @param family the comparisons that are read together. A test that could not be made is no hypothesis of it.
     */
    public static List<PairedComparison> corrected(List<PairedComparison> family) {
        Double[] combined = holm(family, PairedComparison::combined);
        Double[] accuracy = holm(family, comparison -> comparison.accuracy.pValue());
        Double[] balanced = holm(family, comparison -> comparison.balancedAccuracy.pValue());
        return IntStream.range(0, family.size())
                .mapToObj(i -> new PairedComparison(
                        family.get(i).seeds,
                        family.get(i).ofSeeds,
                        family.get(i).combined,
                        combined[i],
                        family.get(i).accuracy.withHolm(accuracy[i]),
                        family.get(i).balancedAccuracy.withHolm(balanced[i])))
                .toList();
    }

    private static Double[] holm(List<PairedComparison> family, Function<PairedComparison, Double> pValue) {
        int[] made = IntStream.range(0, family.size())
                .filter(i -> pValue.apply(family.get(i)) != null)
                .toArray();
        double[] adjusted = MultipleTests.holm(Arrays.stream(made)
                .mapToDouble(i -> pValue.apply(family.get(i)))
                .toArray());
        Double[] corrected = new Double[family.size()];
        for (int i = 0; i < made.length; i++) {
            corrected[made[i]] = adjusted[i];
        }
        return corrected;
    }

    /**
     * With several seeds a difference is called one only where both questions are answered so. Of one seed only the images
     * can speak: McNemar's corrected p-value, and the paired interval over test images ({@link #overImages}).
     */
    public Finding finding() {
        if (combinedHolm == null) {
            return Finding.NOT_TESTED;
        }
        if (combinedHolm >= ALPHA) {
            return Finding.NOT_SHOWN;
        }
        double low = seeds == 1 ? overImages().low() : accuracy.low();
        double high = seeds == 1 ? overImages().high() : accuracy.high();
        return low > 0 ? Finding.HIGHER : high < 0 ? Finding.LOWER : Finding.NOT_SHOWN;
    }

    /** The difference in accuracy of one seed with Tango's interval over test images; only where that seed has a test. */
    public Estimate overImages() {
        return PairedDifference.ofAccuracies(ofSeeds.get(ofSeeds.firstKey()));
    }
}
