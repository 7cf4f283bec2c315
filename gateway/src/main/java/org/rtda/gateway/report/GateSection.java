package org.rtda.gateway.report;

import java.util.List;
import org.rtda.contracts.RobustnessMetric.Gate.Outcome;
import org.rtda.gateway.report.figures.Findings;
import org.rtda.gateway.report.figures.JudgedGate;
import org.rtda.gateway.report.figures.ReportSource;
import org.rtda.report.Report;
import org.rtda.report.ReportBlock;
import org.rtda.report.Table;
import org.rtda.report.TableCell;

/** The section on gates: whether the figures can be believed. Flags in the other sections refer to it. */
final class GateSection implements ReportSection {
    @Override
    public Report.Section of(ReportSource source, Findings findings) {
        if (findings.gates().isEmpty()) {
            return Report.Section.of(
                    "gates",
                    "Gates",
                    ReportBlock.text(
                            "No gate is judged. Whether the attacks were strong enough to be believed is not shown; a full"
                                    + " evaluation judges gates."));
        }
        List<Table.Row> rows = findings.gates().stream().map(GateSection::row).toList();
        return Report.Section.of(
                "gates",
                "Gates",
                ReportBlock.text(
                        "A gate is a rule that figures of a sound evaluation keep. A figure that fails one is shown, with the"
                                + " gate’s flag, in every section. A gate that was not judged vouches for nothing."),
                ReportBlock.table(new Table(null, List.of("Flag", "Gate", "Outcome", "Finding", "Concerns"), rows)));
    }

    private static Table.Row row(JudgedGate gate) {
        boolean failed = gate.outcome() == Outcome.FAILED;
        String concerns = gate.concerns().isEmpty() ? "every condition" : String.join(", ", gate.concerns());
        return new Table.Row(
                gate.flag(),
                List.of(
                        TableCell.text((failed ? "⚑" : "") + gate.flag().id()),
                        TableCell.text(gate.flag().name()),
                        TableCell.text(
                                switch (gate.outcome()) {
                                    case PASSED -> "passed";
                                    case FAILED -> "FAILED";
                                    case NOT_JUDGED -> "not judged";
                                }),
                        TableCell.text(gate.finding()),
                        TableCell.text(
                                gate.outcome() == Outcome.PASSED
                                                && gate.concerns().isEmpty()
                                        ? ""
                                        : concerns)));
    }
}
