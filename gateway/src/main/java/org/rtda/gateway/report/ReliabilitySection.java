package org.rtda.gateway.report;

import java.util.List;
import java.util.Locale;
import org.rtda.contracts.Predictions;
import org.rtda.contracts.RobustnessMetric.Measured;
import org.rtda.gateway.report.figures.Findings;
import org.rtda.gateway.report.figures.KeptPredictions;
import org.rtda.gateway.report.figures.ReliabilityBin;
import org.rtda.gateway.report.figures.ReportSource;
import org.rtda.report.Report;
import org.rtda.report.ReportBlock;
import org.rtda.report.ReportFigure;
import org.rtda.report.Table;
import org.rtda.report.TableCell;

/** The bins behind the reliability diagrams. */
final class ReliabilitySection implements ReportSection {
    @Override
    public Report.Section of(ReportSource source, Findings findings) {
        List<ReportBlock> blocks =
                KeptPredictions.blocks(source, findings, (m, kept) -> List.of(bins(findings, m, kept)));
        return new Report.Section(
                "reliability",
                "Reliability by confidence",
                blocks.stream().filter(block -> block.table() != null).toList(),
                Report.Part.APPENDIX);
    }

    private static ReportBlock bins(Findings findings, Measured m, Predictions predictions) {
        List<Table.Row> rows = ReliabilityBin.of(predictions).stream()
                .map(bin -> Table.Row.of(
                        TableCell.text(String.format(Locale.ROOT, "(%.3f, %.3f]", bin.low(), bin.high())),
                        TableCell.figure(
                                ReportFigure.builder()
                                        .value(bin.confidence())
                                        .n(bin.accuracy().n())
                                        .build(),
                                findings.flags(m)),
                        TableCell.figure(
                                ReportFigure.builder()
                                        .value(bin.accuracy().value())
                                        .low(bin.accuracy().low())
                                        .high(bin.accuracy().high())
                                        .n(bin.accuracy().n())
                                        .build(),
                                findings.flags(m))))
                .toList();
        return ReportBlock.table(new Table(
                "Bins under " + m.condition().label() + " that hold images",
                List.of("Confidence", "Mean confidence", "Share judged rightly"),
                rows));
    }
}
