package org.rtda.gateway.report;

import java.util.ArrayList;
import java.util.List;
import org.rtda.contracts.FigureNames;
import org.rtda.contracts.Predictions;
import org.rtda.contracts.RobustnessMetric.Measured;
import org.rtda.contracts.Subset;
import org.rtda.gateway.report.figures.FigureTable;
import org.rtda.gateway.report.figures.Findings;
import org.rtda.gateway.report.figures.KeptPredictions;
import org.rtda.gateway.report.figures.ReliabilityBin;
import org.rtda.gateway.report.figures.ReportSource;
import org.rtda.report.Chart;
import org.rtda.report.Report;
import org.rtda.report.ReportBlock;

/** Whether confidence means what it says: reliability diagrams (Guo et al., ICML 2017). */
final class CalibrationSection implements ReportSection {
    private static final List<String> METRICS = List.of(FigureNames.CALIBRATION_ERROR, FigureNames.BRIER_SCORE);

    @Override
    public Report.Section of(ReportSource source, Findings findings) {
        List<ReportBlock> blocks = new ArrayList<>();
        FigureTable table = new FigureTable(findings, METRICS, "Condition");
        for (Measured m : ThresholdSection.shown(source, findings)) {
            if (m.values().stream().anyMatch(f -> METRICS.contains(f.metric()))) {
                table.add(m, m.condition().label());
            }
        }
        if (!table.isEmpty()) {
            blocks.add(table.block("Smaller is better. Those of other conditions are in the table of every figure."));
        }
        blocks.addAll(KeptPredictions.blocks(source, findings, (m, kept) -> diagram(findings, m, kept)));
        return new Report.Section("calibration", "Calibration", blocks);
    }

    private static List<ReportBlock> diagram(Findings findings, Measured m, Predictions predictions) {
        List<Chart.Point> points = ReliabilityBin.of(predictions).stream()
                .map(bin -> new Chart.Point(
                        bin.confidence(),
                        bin.accuracy().value(),
                        bin.accuracy().low(),
                        bin.accuracy().high(),
                        findings.flags(m)))
                .toList();
        String condition = m.condition().label();
        return List.of(ReportBlock.chart(new Chart(
                "Reliability under " + condition + ", "
                        + Subset.imagesInWords(predictions.labels().size(), m.subset())
                        + " images, " + ReliabilityBin.BINS + " bins; bars: Wilson 95% intervals",
                "mean confidence of a bin",
                "share judged rightly",
                0.0,
                1.0,
                List.of(
                        new Chart.Series(condition, Chart.Style.MARKS, points),
                        new Chart.Series(
                                "calibrated",
                                Chart.Style.REFERENCE,
                                List.of(Chart.Point.bare(0, 0), Chart.Point.bare(1, 1)))))));
    }
}
