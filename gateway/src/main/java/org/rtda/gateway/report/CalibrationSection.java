package org.rtda.gateway.report;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.rtda.contracts.FigureNames;
import org.rtda.contracts.Predictions;
import org.rtda.contracts.RobustnessMetric.Measured;
import org.rtda.contracts.Subset;
import org.rtda.contracts.settings.Condition;
import org.rtda.core.metrics.Estimate;
import org.rtda.core.metrics.Wilson;
import org.rtda.report.Chart;
import org.rtda.report.Report;
import org.rtda.report.ReportBlock;
import org.rtda.report.ReportFigure;
import org.rtda.report.Table;
import org.rtda.report.TableCell;

/**
 * Whether confidence means what it says: reliability diagrams (Guo et al., ICML 2017) over 15 equally wide bins of
 * confidence, open below and closed above.
 */
final class CalibrationSection implements ReportSection {
    private static final int BINS = 15;
    private static final List<String> METRICS = List.of(FigureNames.CALIBRATION_ERROR, FigureNames.BRIER_SCORE);

    @Override
    public Report.Section of(ReportSource source, Findings findings) {
        List<ReportBlock> blocks = new ArrayList<>();
        FigureTable table = new FigureTable(findings, METRICS, "Condition");
        for (Measured m : findings.measured()) {
            boolean has = m.values().stream().anyMatch(f -> METRICS.contains(f.metric()));
            if (has && m.condition().kind() != Condition.Kind.CORRUPTION) {
                table.add(m, m.condition().label());
            }
        }
        if (!table.isEmpty()) {
            blocks.add(table.block("Smaller is better. Those of corruptions are in the table of every figure."));
        }
        blocks.addAll(KeptPredictions.blocks(source, findings, (m, kept) -> diagram(findings, m, kept)));
        return new Report.Section("calibration", "Calibration", blocks);
    }

    private record Bin(int count, double confidence, int right) {}

    private static List<ReportBlock> diagram(Findings findings, Measured m, Predictions predictions) {
        Bin[] bins = bins(predictions);
        List<Chart.Point> points = new ArrayList<>();
        List<Table.Row> rows = new ArrayList<>();
        for (int b = 0; b < BINS; b++) {
            if (bins[b].count() > 0) {
                Estimate accuracy = Wilson.interval(bins[b].right(), bins[b].count());
                points.add(new Chart.Point(
                        bins[b].confidence(), accuracy.value(), accuracy.low(), accuracy.high(), findings.flags(m)));
                rows.add(Table.Row.of(
                        TableCell.text(
                                String.format(Locale.ROOT, "(%.3f, %.3f]", b / (double) BINS, (b + 1) / (double) BINS)),
                        TableCell.figure(
                                ReportFigure.builder()
                                        .value(bins[b].confidence())
                                        .n(bins[b].count())
                                        .build(),
                                findings.flags(m)),
                        TableCell.figure(
                                ReportFigure.builder()
                                        .value(accuracy.value())
                                        .low(accuracy.low())
                                        .high(accuracy.high())
                                        .n(accuracy.n())
                                        .build(),
                                findings.flags(m))));
            }
        }
        String condition = m.condition().label();
        return List.of(
                ReportBlock.chart(new Chart(
                        "Reliability under " + condition + ", "
                                + Subset.imagesInWords(predictions.labels().size(), m.subset())
                                + " images, 15 bins; bars: Wilson 95% intervals",
                        "mean confidence of a bin",
                        "share judged rightly",
                        0.0,
                        1.0,
                        List.of(
                                new Chart.Series(condition, Chart.Style.MARKS, points),
                                new Chart.Series(
                                        "calibrated",
                                        Chart.Style.REFERENCE,
                                        List.of(Chart.Point.bare(0, 0), Chart.Point.bare(1, 1)))))),
                ReportBlock.table(new Table(
                        "Bins under " + condition + " that hold images",
                        List.of("Confidence", "Mean confidence", "Share judged rightly"),
                        rows)));
    }

    private static Bin[] bins(Predictions predictions) {
        int[] counts = new int[BINS];
        double[] confidences = new double[BINS];
        int[] right = new int[BINS];
        for (int i = 0; i < predictions.labels().size(); i++) {
            int predicted = predictions.predicted().get(i);
            double confidence = predictions.probabilities().get(i).get(predicted);
            int b = Math.max(0, Math.min(BINS - 1, (int) Math.ceil(confidence * BINS) - 1));
            counts[b]++;
            confidences[b] += confidence;
            right[b] += predicted == predictions.labels().get(i) ? 1 : 0;
        }
        Bin[] bins = new Bin[BINS];
        for (int b = 0; b < BINS; b++) {
            bins[b] = new Bin(counts[b], counts[b] == 0 ? Double.NaN : confidences[b] / counts[b], right[b]);
        }
        return bins;
    }
}
