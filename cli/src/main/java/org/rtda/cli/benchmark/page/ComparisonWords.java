package org.rtda.cli.benchmark.page;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.OptionalDouble;
import java.util.Set;
import org.rtda.cli.benchmark.grid.Cell;
import org.rtda.cli.benchmark.page.BenchmarkReport.Comparison;
import org.rtda.cli.benchmark.result.Column;
import org.rtda.cli.benchmark.result.ConditionGates;
import org.rtda.cli.benchmark.result.PairedTest;
import org.rtda.cli.benchmark.result.ResultsDocument;
import org.rtda.contracts.ExperimentSpec;
import org.rtda.contracts.FigureNames;
import org.rtda.contracts.Subset;
import org.rtda.contracts.dataset.HealthyClass;
import org.rtda.contracts.result.ResultRow;
import org.rtda.contracts.variant.AttackKind;
import org.rtda.core.comparison.Difference;
import org.rtda.core.metrics.Estimate;
import org.rtda.core.metrics.McNemar;
import org.rtda.report.FigureText;

/** Words and numbers that all pages on a comparison share. */
final class ComparisonWords {
    static final String CONSTANT = "a constant answer";
    static final String NONE = "-";

    /** Behind the name of a method that has a run which fails a gate. */
    static final String MARK = " †";

    private ComparisonWords() {}

    static Set<String> methods(Comparison comparison) {
        Set<String> methods = new LinkedHashSet<>();
        comparison.runs().forEach(run -> methods.add(run.cell().method()));
        return methods;
    }

    /** How many of the test images the runs were judged on, in words. */
    static String imagesOf(Comparison comparison) {
        ResultRow clean = comparison.runs().get(0).result().figure(Column.CLEAN, FigureNames.ACCURACY);
        return clean == null ? "unknown" : Subset.imagesInWords(clean.n(), clean.subset());
    }

    /** What a constant answer scores, in words. */
    static String constant(Comparison comparison, Column column, String metric) {
        OptionalDouble constant = constantScore(comparison, column, metric);
        return constant.isPresent() ? number(constant.getAsDouble()) : NONE;
    }

    /**
     * What a constant answer scores; the runs judge the same images, so that the first that says it is enough. Runs of earlier
     * builds do not say it: a balanced accuracy of a constant answer is one over the number of classes. Empty where nothing is
     * known.
     */
    static OptionalDouble constantScore(Comparison comparison, Column column, String metric) {
        return comparison.runs().stream()
                .map(run -> column.constant(run.result(), metric))
                .filter(OptionalDouble::isPresent)
                .findFirst()
                .orElseGet(() -> metric.equals(FigureNames.BALANCED_ACCURACY)
                                && comparison.runs().stream().anyMatch(run -> column.value(run.result(), metric)
                                        .isPresent())
                        ? OptionalDouble.of(1.0 / comparison.set().classes().size())
                        : OptionalDouble.empty());
    }

    /** A method's name; with a mark where one of its runs fails a gate. */
    static String marked(Comparison comparison, String method) {
        return isFlagged(comparison, method) ? method + MARK : method;
    }

    static boolean isFlagged(Comparison comparison, String method) {
        return comparison.runs().stream()
                .anyMatch(run -> run.cell().method().equals(method)
                        && !ConditionGates.failedBy(run).isEmpty());
    }

    /** The radius of the attacks in training with its norm, for example {@code L2 0.5}. */
    static String radius(Comparison comparison, ResultsDocument document) {
        if (!comparison.runs().isEmpty()) {
            return radius(comparison);
        }
        // nothing is measured: the cells that wait know the norm
        return document.cells().stream()
                .filter(cell -> cell.dataset().equals(comparison.dataset()))
                .findFirst()
                .map(cell -> radius(cell.spec().at("/attack/norm").asText(), comparison.epsilon()))
                .orElse(Cell.plain(comparison.epsilon()));
    }

    /** Of a comparison that has runs. */
    static String radius(Comparison comparison) {
        ExperimentSpec spec = comparison.runs().get(0).cell().spec();
        return radius(AttackKind.trainingNorm(spec.attack().name()), comparison.epsilon());
    }

    private static String radius(String norm, double epsilon) {
        return (norm.equals("linf") ? "Linf " : "L2 ") + Cell.plain(epsilon);
    }

    /** A sentence on the columns that rest on a healthy class that nobody named; empty where none does. */
    static String assumed(Comparison comparison, String metric) {
        List<String> columns = comparison.columns().stream()
                .filter(column ->
                        comparison.runs().stream().anyMatch(run -> column.assumesHealthyClass(run.result(), metric)))
                .map(Column::name)
                .toList();
        return columns.isEmpty()
                ? ""
                : "In " + String.join(", ", columns) + ": " + HealthyClass.ASSUMED + ", for the import of "
                        + comparison.dataset() + " names none.";
    }

    static String difference(Difference difference) {
        if (difference.mean() == null) {
            return NONE;
        }
        return signed(difference.mean())
                + (difference.low() == null
                        ? ""
                        : " [" + signed(difference.low()) + ", " + signed(difference.high()) + "]");
    }

    /**
     * The difference of accuracy with the interval that its verdict rests on: over seeds, or with one seed over the images of that
     * seed.
     */
    static String accuracyDifference(PairedTest test) {
        Difference difference = test.accuracy();
        if (difference.low() != null || test.seeds() != 1 || test.ofSeeds().isEmpty()) {
            return difference(difference);
        }
        Estimate ofImages = test.comparison().overImages();
        return signed(difference.mean()) + " [" + signed(ofImages.low()) + ", " + signed(ofImages.high()) + "]";
    }

    /** A cell of a table of verdicts: both differences, the number of seeds, and what they show. */
    static String verdict(PairedTest test) {
        return accuracyDifference(test) + " (" + test.seeds() + "), balanced " + difference(test.balancedAccuracy())
                + ": " + test.verdict();
    }

    static String counts(PairedTest test) {
        if (test.ofSeeds().isEmpty()) {
            return NONE;
        }
        List<String> counts = new ArrayList<>();
        for (McNemar seed : test.ofSeeds().values()) {
            counts.add(seed.onlyFirst() + "/" + seed.onlySecond());
        }
        return String.join(", ", counts);
    }

    static String number(double value) {
        return FigureText.format("%.3f", value);
    }

    static String signed(double value) {
        return FigureText.format("%+.3f", value);
    }

    static String seconds(double value) {
        return String.format(Locale.ROOT, "%.0f", value);
    }

    /** A p-value; {@link #NONE} for null. */
    static String p(Double value) {
        return value == null ? NONE : value < 0.001 ? "< 0.001" : number(value);
    }
}
