package org.rtda.cli.benchmark.page;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.OptionalDouble;
import java.util.Set;
import org.rtda.cli.benchmark.page.BenchmarkReport.Comparison;
import org.rtda.cli.benchmark.result.Column;
import org.rtda.cli.benchmark.result.PairedTest;
import org.rtda.contracts.FigureNames;
import org.rtda.contracts.Subset;
import org.rtda.contracts.dataset.HealthyClass;
import org.rtda.contracts.result.ResultRow;
import org.rtda.core.comparison.Difference;
import org.rtda.core.metrics.McNemar;

/** What the pages on a comparison say of it in the same words. */
final class ComparisonWords {
    static final String CONSTANT = "a constant answer";
    static final String NONE = "-";

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

    /** What a constant answer scores; the runs judge the same images, so that the first that says it is enough. */
    static String constant(Comparison comparison, Column column, String metric) {
        return comparison.runs().stream()
                .map(run -> column.constant(run.result(), metric))
                .filter(OptionalDouble::isPresent)
                .findFirst()
                .map(constant -> number(constant.getAsDouble()))
                .orElse(NONE);
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
        return String.format(Locale.ROOT, "%.3f", value);
    }

    static String signed(double value) {
        return String.format(Locale.ROOT, "%+.3f", value);
    }

    static String seconds(double value) {
        return String.format(Locale.ROOT, "%.0f", value);
    }

    /** A p-value; {@link #NONE} for null. */
    static String p(Double value) {
        return value == null ? NONE : value < 0.001 ? "< 0.001" : number(value);
    }
}
