package org.rtda.gateway.report;

import java.util.ArrayList;
import java.util.List;
import org.rtda.contracts.Figure;
import org.rtda.contracts.RobustnessMetric.Measured;
import org.rtda.gateway.report.figures.Findings;
import org.rtda.gateway.report.figures.ReportSource;
import org.rtda.gateway.report.figures.ReportSource.Evaluation;
import org.rtda.report.Report;
import org.rtda.report.ReportBlock;
import org.rtda.report.Table;
import org.rtda.report.TableCell;

/**
 * The section with every figure, for readers who miss one in the other sections and for programs that read the
 * document.
 */
final class EveryFigureSection implements ReportSection {
    private static final List<String> HEAD =
            List.of("Condition", "Split", "Metric", "Value", "Constant answer", "Note", "Evaluation");

    @Override
    public Report.Section of(ReportSource source, Findings findings) {
        List<Table.Row> rows = new ArrayList<>();
        for (Evaluation evaluation : findings.evaluations()) {
            for (Measured m : evaluation.measured()) {
                for (Figure f : m.values()) {
                    rows.add(Table.Row.of(
                            TableCell.text(m.condition().label()),
                            TableCell.text(m.condition().split()),
                            TableCell.text(f.metric()),
                            findings.cell(m, f),
                            TableCell.text(f.constantAnswer() == null ? "" : f.constantAnswer()),
                            TableCell.text(f.value() == null || f.note() == null ? "" : f.note()),
                            TableCell.text(evaluation.id())));
                }
            }
        }
        return new Report.Section(
                "figures",
                "Every figure",
                rows.isEmpty() ? List.of() : List.of(ReportBlock.table(new Table(null, HEAD, rows))),
                Report.Part.APPENDIX);
    }
}
