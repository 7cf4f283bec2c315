package org.rtda.cli.benchmark.result;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;
import org.rtda.cli.benchmark.grid.BenchmarkGrid;
import org.rtda.contracts.FigureNames;
import org.rtda.core.metrics.Estimate;
import org.rtda.core.metrics.McNemar;
import org.rtda.core.metrics.MultipleTests;
import org.rtda.core.metrics.PairedDifference;
import org.rtda.core.metrics.SampleMean;

/**
 * RTDA against one baseline under one condition, paired by seed and image. Two questions, two tests:
 *
 * <ul>
 *   <li>Do the two trained models of a seed err equally often on images like these? McNemar's exact test, one for each
 *       seed. Seeds share their test images, so the tests depend on each other, and stacking image x seed pairs would count
 *       every image several times; the seeds' p-values are combined by twice their mean, which holds under any dependence.
 *   <li>Would other seeds show the difference too? Student's interval and test of the seeds' paired differences.
 * </ul>
 *
 * Both sets of p-values are corrected by Holm over the baselines of the same condition.
 *
 * @param condition a label, or the name of a mean over several, which has no McNemar test
 * @param ofSeeds by seed; empty where a seed's predictions are missing
 * @param combined of the seeds' McNemar tests; null where a seed has none
 * @param combinedHolm corrected
 * @param constant whether one of the runs names the same class for every clean image: then its figures under attack are no
 *     robustness, and nothing is concluded
 */
@JsonInclude(JsonInclude.Include.ALWAYS)
public record PairedTest(
        String dataset,
        double trainingEpsilon,
        String baseline,
        String condition,
        int seeds,
        Map<Long, McNemar> ofSeeds,
        Double combined,
        Double combinedHolm,
        Difference accuracy,
        Difference balancedAccuracy,
        boolean constant) {

    /**
     * RTDA's figure minus the baseline's, over seeds.
     *
     * @param low lower end of the 95% interval: Student's over seeds; where all seeds differ by exactly the same, which leaves
     *     Student's without a width, the mean of their intervals over test images; null for fewer than two seeds
     * @param pValue of no difference; null for fewer than two seeds, or when all differ by exactly the same
     */
    @JsonInclude(JsonInclude.Include.ALWAYS)
    public record Difference(Double mean, Double low, Double high, Double pValue, Double holm) {
        /** Where no seed has both figures. */
        private static final Difference UNKNOWN = ofOneSeed(null);

        /** One seed has no interval and no p-value. */
        private static Difference ofOneSeed(Double difference) {
            return new Difference(difference, null, null, null, null);
        }

        private Difference withHolm(Double corrected) {
            return new Difference(mean, low, high, pValue, corrected);
        }
    }

    public static final double ALPHA = 0.05;
    public static final String HIGHER = "rtda higher";
    public static final String LOWER = "rtda lower";

    /** A difference is called one only where both questions are answered so; else "not shown". */
    @JsonProperty("verdict")
    public String verdict() {
        if (constant) {
            return "not judged: a constant";
        }
        boolean imagesTell = combinedHolm != null && combinedHolm < ALPHA;
        if (imagesTell && accuracy.low != null && accuracy.low > 0) {
            return HIGHER;
        }
        if (imagesTell && accuracy.high != null && accuracy.high < 0) {
            return LOWER;
        }
        return "not shown";
    }

    /** For each column and each baseline that shares a seed with RTDA; empty without RTDA. */
    public static List<PairedTest> of(String dataset, double trainingEpsilon, List<Run> runs, List<Column> columns) {
        Map<String, Map<Long, CellResult>> byMethod = new java.util.LinkedHashMap<>();
        for (Run run : runs) {
            byMethod.computeIfAbsent(run.cell().method(), any -> new TreeMap<>())
                    .put(run.cell().seed(), run.result());
        }
        Map<Long, CellResult> proposed = byMethod.remove(BenchmarkGrid.PROPOSED);
        List<PairedTest> tests = new ArrayList<>();
        if (proposed != null) {
            for (Column column : columns) {
                List<PairedTest> ofColumn = new ArrayList<>();
                byMethod.forEach(
                        (baseline, results) -> of(dataset, trainingEpsilon, baseline, column, proposed, results)
                                .ifPresent(ofColumn::add));
                tests.addAll(corrected(ofColumn));
            }
        }
        return tests;
    }

    private static Optional<PairedTest> of(
            String dataset,
            double trainingEpsilon,
            String baseline,
            Column column,
            Map<Long, CellResult> proposed,
            Map<Long, CellResult> results) {
        LinkedHashSet<Long> seeds = new LinkedHashSet<>(proposed.keySet());
        seeds.removeIf(seed -> !results.containsKey(seed)
                || column.value(proposed.get(seed), FigureNames.ACCURACY).isEmpty()
                || column.value(results.get(seed), FigureNames.ACCURACY).isEmpty());
        if (seeds.isEmpty()) {
            return Optional.empty();
        }
        Map<Long, McNemar> ofSeeds = new TreeMap<>();
        for (long seed : seeds) {
            mcNemar(column, proposed.get(seed), results.get(seed)).ifPresent(test -> ofSeeds.put(seed, test));
        }
        Double combined = ofSeeds.size() == seeds.size()
                ? MultipleTests.combined(
                        ofSeeds.values().stream().mapToDouble(McNemar::pValue).toArray())
                : null;
        return Optional.of(new PairedTest(
                dataset,
                trainingEpsilon,
                baseline,
                column.name(),
                seeds.size(),
                ofSeeds,
                combined,
                null,
                difference(column, FigureNames.ACCURACY, seeds, proposed, results),
                difference(column, FigureNames.BALANCED_ACCURACY, seeds, proposed, results),
                seeds.stream()
                        .anyMatch(seed -> ConditionGates.isConstant(proposed.get(seed))
                                || ConditionGates.isConstant(results.get(seed)))));
    }

    private static Optional<McNemar> mcNemar(Column column, CellResult proposed, CellResult baseline) {
        if (column.conditions().size() != 1) {
            return Optional.empty();
        }
        CellResult.Outcomes first = proposed.outcomes().get(column.conditions().get(0));
        CellResult.Outcomes second = baseline.outcomes().get(column.conditions().get(0));
        return first == null || second == null || !first.labels().equals(second.labels())
                ? Optional.empty()
                : Optional.of(McNemar.of(first.areRight(), second.areRight()));
    }

    private static Difference difference(
            Column column,
            String metric,
            LinkedHashSet<Long> seeds,
            Map<Long, CellResult> proposed,
            Map<Long, CellResult> results) {
        List<Long> measured = seeds.stream()
                .filter(seed -> column.value(proposed.get(seed), metric).isPresent()
                        && column.value(results.get(seed), metric).isPresent())
                .toList();
        if (measured.isEmpty()) {
            return Difference.UNKNOWN;
        }
        double[] differences = measured.stream()
                .mapToDouble(seed -> column.value(proposed.get(seed), metric).getAsDouble()
                        - column.value(results.get(seed), metric).getAsDouble())
                .toArray();
        Optional<SampleMean> overSeeds = SampleMean.of(differences);
        if (overSeeds.isEmpty()) {
            return Difference.ofOneSeed(differences[0]);
        }
        SampleMean mean = overSeeds.get();
        Double pValue = mean.pValueOfZero().orElse(null);
        if (mean.showsSpread()) {
            return new Difference(mean.mean(), mean.low(), mean.high(), pValue, null);
        }
        List<Estimate> ofSeeds = measured.stream()
                .map(seed -> overImages(column, metric, proposed.get(seed), results.get(seed)))
                .toList();
        return new Difference(
                mean.mean(),
                ofSeeds.stream().mapToDouble(Estimate::low).average().orElseThrow(),
                ofSeeds.stream().mapToDouble(Estimate::high).average().orElseThrow(),
                pValue,
                null);
    }

    /** Of one seed: paired by image where that is known, else from the two runs' intervals. */
    private static Estimate overImages(Column column, String metric, CellResult proposed, CellResult baseline) {
        Estimate ofFigures =
                PairedDifference.ofFigures(column.overImages(proposed, metric), column.overImages(baseline, metric));
        return metric.equals(FigureNames.ACCURACY)
                ? mcNemar(column, proposed, baseline)
                        .map(PairedDifference::ofAccuracies)
                        .orElse(ofFigures)
                : ofFigures;
    }

    /** A test that could not be made is no hypothesis of the family. */
    private static List<PairedTest> corrected(List<PairedTest> tests) {
        Double[] combined = holm(tests, PairedTest::combined);
        Double[] accuracy = holm(tests, test -> test.accuracy.pValue);
        Double[] balanced = holm(tests, test -> test.balancedAccuracy.pValue);
        List<PairedTest> corrected = new ArrayList<>();
        for (int i = 0; i < tests.size(); i++) {
            PairedTest test = tests.get(i);
            corrected.add(new PairedTest(
                    test.dataset,
                    test.trainingEpsilon,
                    test.baseline,
                    test.condition,
                    test.seeds,
                    test.ofSeeds,
                    test.combined,
                    combined[i],
                    test.accuracy.withHolm(accuracy[i]),
                    test.balancedAccuracy.withHolm(balanced[i]),
                    test.constant));
        }
        return corrected;
    }

    private static Double[] holm(List<PairedTest> tests, Function<PairedTest, Double> pValue) {
        int[] made = java.util.stream.IntStream.range(0, tests.size())
                .filter(i -> pValue.apply(tests.get(i)) != null)
                .toArray();
        double[] adjusted = MultipleTests.holm(java.util.Arrays.stream(made)
                .mapToDouble(i -> pValue.apply(tests.get(i)))
                .toArray());
        Double[] corrected = new Double[tests.size()];
        for (int i = 0; i < made.length; i++) {
            corrected[made[i]] = adjusted[i];
        }
        return corrected;
    }
}
