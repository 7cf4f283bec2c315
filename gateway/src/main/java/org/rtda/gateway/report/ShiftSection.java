package org.rtda.gateway.report;

import java.util.List;
import org.rtda.contracts.RobustnessMetric.Measured;
import org.rtda.contracts.dataset.SplitNames;
import org.rtda.contracts.settings.Condition;
import org.rtda.gateway.report.figures.FigureTable;
import org.rtda.gateway.report.figures.Findings;
import org.rtda.gateway.report.figures.ReportSource;
import org.rtda.report.Report;

/** Test sets of the same task from another source. */
final class ShiftSection implements ReportSection {
    @Override
    public Report.Section of(ReportSource source, Findings findings) {
        List<Measured> shifts = findings.ofKind(Condition.Kind.SHIFT);
        if (shifts.isEmpty()) {
            return Report.Section.of("shift", "Distribution shift");
        }
        FigureTable table = new FigureTable(findings, FigureTable.USUAL, "Test set");
        findings.clean().ifPresent(m -> table.add(m, m.condition().split() + " (its own)"));
        shifts.forEach(
                m -> table.add(m, SplitNames.shiftLabel(m.condition().split()).orElseThrow()));
        return Report.Section.of("shift", "Distribution shift", table.block(null));
    }
}
