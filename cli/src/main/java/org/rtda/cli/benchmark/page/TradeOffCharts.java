package org.rtda.cli.benchmark.page;

import java.util.ArrayList;
import java.util.DoubleSummaryStatistics;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.function.Function;
import java.util.function.ToDoubleFunction;
import java.util.function.UnaryOperator;
import org.rtda.cli.benchmark.page.BenchmarkReport.Comparison;
import org.rtda.cli.benchmark.result.Column;
import org.rtda.cli.benchmark.result.Run;
import org.rtda.report.Chart;
import org.rtda.report.Flag;

/**
 * Charts of trade-offs, with a point for each run: balanced accuracy on clean images against that under the training attack, and
 * the latter against that on shifted images. Each axis covers the tenths that contain its points.
 */
final class TradeOffCharts {
    private static final int FEWEST_TENTHS = 2;
    /** A mark beside the outermost tenth needs this part of one. */
    private static final double MARK = 0.2;

    private TradeOffCharts() {}

    /**
     * For a page that explains the flags. Empty where no run has both figures of a chart.
     *
     * @param flags of a method
     */
    static List<Chart> of(Comparison comparison, Function<String, List<Flag>> flags) {
        return charts(comparison, flags, method -> method, "");
    }

    /** For a picture that stands alone: the names of methods have the mark of the tables, and the titles explain it. */
    static List<Chart> alone(Comparison comparison) {
        boolean anyMark = ComparisonWords.methods(comparison).stream()
                .anyMatch(method -> ComparisonWords.isFlagged(comparison, method));
        return charts(
                comparison,
                method -> List.of(),
                method -> ComparisonWords.marked(comparison, method),
                anyMark ? " (†: a run fails a gate)" : "");
    }

    private static List<Chart> charts(
            Comparison comparison, Function<String, List<Flag>> flags, UnaryOperator<String> nameOf, String titleEnd) {
        List<Chart> charts = new ArrayList<>();
        if (comparison.runs().isEmpty()) {
            return charts;
        }
        Column robust = Column.of(comparison.attack());
        charts.add(chart(comparison, Column.clean(), robust, flags, nameOf, titleEnd));
        List<Column> shifts = Column.ofKind(Column.conditions(comparison.runs()), Column.Kind.SHIFT);
        Column.mean(shifts.size() == 1 ? shifts.get(0).name() : "shifts, mean", shifts)
                .ifPresent(shift -> charts.add(chart(comparison, robust, shift, flags, nameOf, titleEnd)));
        charts.removeIf(Chart::drawsNothing);
        return charts;
    }

    private static Chart chart(
            Comparison comparison,
            Column x,
            Column y,
            Function<String, List<Flag>> flags,
            UnaryOperator<String> nameOf,
            String titleEnd) {
        Map<String, List<Chart.Point>> byMethod = new LinkedHashMap<>();
        for (Run run : comparison.runs()) {
            OptionalDouble atX = x.value(run.result(), BenchmarkReport.HEADLINE);
            OptionalDouble atY = y.value(run.result(), BenchmarkReport.HEADLINE);
            if (atX.isPresent() && atY.isPresent()) {
                String method = run.cell().method();
                byMethod.computeIfAbsent(method, any -> new ArrayList<>())
                        .add(new Chart.Point(atX.getAsDouble(), atY.getAsDouble(), null, null, flags.apply(method)));
            }
        }
        List<Chart.Series> series = new ArrayList<>();
        byMethod.forEach(
                (method, points) -> series.add(new Chart.Series(nameOf.apply(method), Chart.Style.MARKS, points)));
        List<Chart.Point> all =
                series.stream().flatMap(one -> one.points().stream()).toList();
        Chart.Range up = tenths(all, Chart.Point::y);
        return new Chart(
                "Balanced accuracy of each run on " + comparison.dataset() + ", trained at "
                        + ComparisonWords.radius(comparison) + titleEnd,
                axisName(x),
                axisName(y),
                up.low(),
                up.high(),
                series,
                tenths(all, Chart.Point::x));
    }

    private static String axisName(Column column) {
        return column.kind() == Column.Kind.ATTACK ? "under " + column.name() : column.name();
    }

    /** Over all values, with room for a mark beside the outermost, within [0,1]; all of it where there is none. */
    static Chart.Range tenths(List<Chart.Point> points, ToDoubleFunction<Chart.Point> value) {
        if (points.isEmpty()) {
            return new Chart.Range(0, 1);
        }
        DoubleSummaryStatistics range = points.stream().mapToDouble(value).summaryStatistics();
        int first = Math.max(0, (int) Math.floor(10 * range.getMin() - MARK));
        int last = Math.min(10, (int) Math.ceil(10 * range.getMax() + MARK));
        first = Math.max(0, Math.min(first, last - FEWEST_TENTHS));
        return new Chart.Range(first / 10.0, Math.max(last, first + FEWEST_TENTHS) / 10.0);
    }
}
