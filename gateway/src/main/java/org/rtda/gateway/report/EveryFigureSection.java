package org.rtda.gateway.report;

import java.util.ArrayList;
import java.util.List;
import org.rtda.contracts.RobustnessMetric;
import org.rtda.contracts.RobustnessMetric.Measured;
import org.rtda.gateway.report.ReportSource.Evaluation;
import org.rtda.report.Block;
import org.rtda.report.Cell;
import org.rtda.report.Report;
import org.rtda.report.Table;

/** All there is, for who looks for a figure that no other section shows, and for programs that read the document. */
final class EveryFigureSection implements ReportSection {
    private static final List<String> HEAD =
            List.of("Condition", "Split", "Metric", "Value", "Constant answer", "Note", "Evaluation");

    @Override
    public Report.Section of(ReportSource source, Findings findings) {
        List<Table.Row> rows = new ArrayList<>();
        for (Evaluation evaluation : findings.evaluations()) {
            for (Measured m : evaluation.measured()) {
                for (RobustnessMetric.Figure f : m.values()) {
                    rows.add(Table.Row.of(
                            Cell.text(m.condition().label()),
                            Cell.text(m.condition().split()),
                            Cell.text(f.metric()),
                            findings.cell(m, f),
                            Cell.text(f.constantAnswer() == null ? "" : f.constantAnswer()),
                            Cell.text(f.value() == null || f.note() == null ? "" : f.note()),
                            Cell.text(evaluation.id())));
                }
            }
        }
        return Report.Section.of(
                "figures",
                "Every figure",
                rows.isEmpty() ? Block.text("Nothing is measured yet.") : Block.table(new Table(null, HEAD, rows)));
    }
}
