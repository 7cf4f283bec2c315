package org.rtda.cli.benchmark.page;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;
import org.rtda.cli.benchmark.page.BenchmarkReport.Comparison;
import org.rtda.cli.benchmark.result.TrainingCurve;
import org.rtda.report.Chart;

/** How the trainings of a comparison went, by epoch: a line for each method, the mean over its seeds. */
final class CurveCharts {
    private CurveCharts() {}

    /** Each method's own loss; empty where no run has a curve. */
    static Optional<Chart> loss(Comparison comparison) {
        return chart(
                comparison,
                "Training loss by epoch, mean over seeds; methods minimise different losses",
                "loss",
                null,
                TrainingCurve::loss);
    }

    /** Empty where no run has a curve. */
    static Optional<Chart> accuracy(Comparison comparison) {
        return chart(
                comparison,
                "Accuracy in training by epoch, mean over seeds: under attack, where a method attacks",
                "accuracy on training images",
                1.0,
                TrainingCurve::hardestAccuracy);
    }

    private static Optional<Chart> chart(
            Comparison comparison,
            String title,
            String yLabel,
            Double high,
            Function<TrainingCurve, List<Double>> figure) {
        List<Chart.Series> series = new ArrayList<>();
        for (String method : ComparisonWords.methods(comparison)) {
            List<List<Double>> curves = comparison.runs().stream()
                    .filter(run -> run.cell().method().equals(method))
                    .map(run -> run.result().training().curve())
                    .filter(Objects::nonNull)
                    .map(figure)
                    .toList();
            List<Chart.Point> points = mean(curves);
            if (!points.isEmpty()) {
                series.add(new Chart.Series(method, Chart.Style.LINE, points));
            }
        }
        return series.isEmpty() ? Optional.empty() : Optional.of(new Chart(title, "epoch", yLabel, 0.0, high, series));
    }

    /** Of the epochs that every curve has. */
    private static List<Chart.Point> mean(List<List<Double>> curves) {
        int epochs = curves.stream().mapToInt(List::size).min().orElse(0);
        List<Chart.Point> points = new ArrayList<>();
        for (int i = 0; i < epochs; i++) {
            int epoch = i;
            if (curves.stream().allMatch(curve -> curve.get(epoch) != null)) {
                points.add(Chart.Point.bare(
                        epoch + 1,
                        curves.stream()
                                .mapToDouble(curve -> curve.get(epoch))
                                .average()
                                .orElseThrow()));
            }
        }
        return points;
    }
}
