package org.rtda.cli.benchmark.page;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.rtda.cli.benchmark.grid.BenchmarkGrid;
import org.rtda.cli.benchmark.page.BenchmarkReport.Comparison;
import org.rtda.cli.benchmark.result.Column;
import org.rtda.contracts.ExperimentSpec;
import org.rtda.contracts.variant.AttackKind;
import org.rtda.report.Chart;

/** How each method's balanced accuracy falls with the radius of the final evaluation's PGD; a chart for each norm. */
final class RadiusCharts {
    private RadiusCharts() {}

    /** Empty where no method has a figure at two radii, the clean images' 0 among them. */
    static List<Chart> of(Comparison comparison, MethodFlags flags) {
        ExperimentSpec spec = comparison.runs().get(0).cell().spec();
        List<Chart> charts = new ArrayList<>();
        chart(
                        comparison,
                        flags,
                        AttackKind.pgdIn("l2").name(),
                        "L2",
                        spec.evaluation().epsilons())
                .ifPresent(charts::add);
        chart(
                        comparison,
                        flags,
                        AttackKind.pgdIn("linf").name(),
                        "Linf",
                        spec.evaluation().linfEpsilons())
                .ifPresent(charts::add);
        return charts;
    }

    /** @param radii null for none */
    private static Optional<Chart> chart(
            Comparison comparison, MethodFlags flags, String attack, String norm, List<Double> radii) {
        if (radii == null || radii.isEmpty()) {
            return Optional.empty();
        }
        List<Chart.Series> series = new ArrayList<>();
        for (String method : ComparisonWords.methods(comparison)) {
            List<Chart.Point> points = points(comparison, flags, attack, radii, method);
            if (points.size() > 1) {
                series.add(new Chart.Series(method, Chart.Style.LINE, points));
            }
        }
        if (series.isEmpty()) {
            return Optional.empty();
        }
        ComparisonWords.constantScore(comparison, Column.clean(), BenchmarkReport.HEADLINE)
                .ifPresent(level -> series.add(
                        Chart.Series.level(ComparisonWords.CONSTANT, level, 0, radii.get(radii.size() - 1))));
        return Optional.of(new Chart(
                "Balanced accuracy under " + norm + " attacks by radius, bands: 95% intervals",
                "epsilon (" + norm + ", pixels in [0,1])",
                "balanced accuracy",
                0.0,
                1.0,
                series));
    }

    private static List<Chart.Point> points(
            Comparison comparison, MethodFlags flags, String attack, List<Double> radii, String method) {
        ExperimentSpec spec = comparison.runs().get(0).cell().spec();
        List<Chart.Point> points = new ArrayList<>();
        point(comparison, flags, method, Column.CLEAN, 0).ifPresent(points::add);
        for (double radius : radii) {
            String condition = BenchmarkGrid.condition(spec, attack, radius).label();
            point(comparison, flags, method, condition, radius).ifPresent(points::add);
        }
        return points;
    }

    private static Optional<Chart.Point> point(
            Comparison comparison, MethodFlags flags, String method, String condition, double radius) {
        return comparison.summaries().stream()
                .filter(summary -> summary.method().equals(method)
                        && summary.column().equals(condition)
                        && summary.metric().equals(BenchmarkReport.HEADLINE)
                        && summary.value() != null)
                .findFirst()
                .map(summary -> new Chart.Point(
                        radius, summary.value(), summary.low(), summary.high(), flags.of(comparison, method)));
    }
}
