package org.rtda.cli.benchmark.result;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.rtda.cli.benchmark.grid.BenchmarkGrid;
import org.rtda.contracts.FigureNames;
import org.rtda.core.comparison.Difference;
import org.rtda.core.comparison.PairedComparison;
import org.rtda.core.comparison.RunOutcome;
import org.rtda.core.metrics.McNemar;

/**
 * RTDA against one baseline under one condition, paired by seed and image, as {@link PairedComparison} does it. The p-values
 * are corrected over the baselines of the same condition.
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
        SortedMap<Long, McNemar> ofSeeds,
        Double combined,
        Double combinedHolm,
        Difference accuracy,
        Difference balancedAccuracy,
        boolean constant) {

    /**
     * What {@link PairedComparison#finding} says. Of one run each it is about these two models, not about the methods, so that the
     * words say so.
     */
    @JsonProperty("verdict")
    public String verdict() {
        if (constant) {
            return "not judged: a constant";
        }
        String among = seeds == 1 ? " in one run each" : "";
        return switch (comparison().finding()) {
            case HIGHER -> "rtda higher" + among;
            case LOWER -> "rtda lower" + among;
            case NOT_SHOWN -> "not shown";
            case NOT_TESTED -> "not tested on images";
        };
    }

    /** What is compared, whoever is compared. */
    public PairedComparison comparison() {
        return new PairedComparison(seeds, ofSeeds, combined, combinedHolm, accuracy, balancedAccuracy);
    }

    /** For each column and each baseline that shares a seed with RTDA; empty without RTDA. */
    public static List<PairedTest> of(String dataset, double trainingEpsilon, List<Run> runs, List<Column> columns) {
        Map<String, SortedMap<Long, CellResult>> byMethod = new LinkedHashMap<>();
        for (Run run : runs) {
            byMethod.computeIfAbsent(run.cell().method(), any -> new TreeMap<>())
                    .put(run.cell().seed(), run.result());
        }
        SortedMap<Long, CellResult> proposed = byMethod.remove(BenchmarkGrid.PROPOSED);
        List<PairedTest> tests = new ArrayList<>();
        if (proposed != null) {
            for (Column column : columns) {
                tests.addAll(of(dataset, trainingEpsilon, column, proposed, byMethod));
            }
        }
        return tests;
    }

    private static List<PairedTest> of(
            String dataset,
            double trainingEpsilon,
            Column column,
            SortedMap<Long, CellResult> proposed,
            Map<String, SortedMap<Long, CellResult>> baselines) {
        SortedMap<Long, RunOutcome> ofProposed = outcomes(column, proposed);
        List<String> compared = new ArrayList<>();
        List<PairedComparison> comparisons = new ArrayList<>();
        baselines.forEach((baseline, results) -> PairedComparison.of(ofProposed, outcomes(column, results))
                .ifPresent(comparison -> {
                    compared.add(baseline);
                    comparisons.add(comparison);
                }));
        List<PairedComparison> corrected = PairedComparison.corrected(comparisons);
        List<PairedTest> tests = new ArrayList<>();
        for (int i = 0; i < compared.size(); i++) {
            PairedComparison comparison = corrected.get(i);
            tests.add(new PairedTest(
                    dataset,
                    trainingEpsilon,
                    compared.get(i),
                    column.name(),
                    comparison.seeds(),
                    comparison.ofSeeds(),
                    comparison.combined(),
                    comparison.combinedHolm(),
                    comparison.accuracy(),
                    comparison.balancedAccuracy(),
                    anyConstant(column, proposed, baselines.get(compared.get(i)))));
        }
        return tests;
    }

    /** Of the seeds that both have measured. */
    private static boolean anyConstant(
            Column column, SortedMap<Long, CellResult> proposed, SortedMap<Long, CellResult> baseline) {
        return proposed.entrySet().stream()
                .filter(run -> outcome(column, run.getValue()).isPresent())
                .filter(run -> baseline.containsKey(run.getKey())
                        && outcome(column, baseline.get(run.getKey())).isPresent())
                .anyMatch(run -> ConditionGates.isConstant(run.getValue())
                        || ConditionGates.isConstant(baseline.get(run.getKey())));
    }

    private static SortedMap<Long, RunOutcome> outcomes(Column column, SortedMap<Long, CellResult> results) {
        SortedMap<Long, RunOutcome> outcomes = new TreeMap<>();
        results.forEach((seed, result) -> outcome(column, result).ifPresent(outcome -> outcomes.put(seed, outcome)));
        return outcomes;
    }

    private static Optional<RunOutcome> outcome(Column column, CellResult result) {
        if (column.value(result, FigureNames.ACCURACY).isEmpty()) {
            return Optional.empty();
        }
        return Optional.of(new RunOutcome(
                column.overImages(result, FigureNames.ACCURACY),
                column.value(result, FigureNames.BALANCED_ACCURACY).isEmpty()
                        ? null
                        : column.overImages(result, FigureNames.BALANCED_ACCURACY),
                answers(column, result)));
    }

    private static RunOutcome.Answers answers(Column column, CellResult result) {
        CellResult.Outcomes kept = column.conditions().size() == 1
                ? result.outcomes().get(column.conditions().get(0))
                : null;
        return kept == null ? null : new RunOutcome.Answers(kept.areRight(), kept.labels());
    }
}
