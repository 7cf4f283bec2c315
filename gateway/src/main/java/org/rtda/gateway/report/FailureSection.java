package org.rtda.gateway.report;

import java.util.List;
import org.rtda.gateway.report.figures.Findings;
import org.rtda.gateway.report.figures.ReportSource;
import org.rtda.report.Report;
import org.rtda.report.ReportBlock;

/** The section on conditions that could not be measured, with their reasons. */
final class FailureSection implements ReportSection {
    @Override
    public Report.Section of(ReportSource source, Findings findings) {
        List<ReportBlock.Fact> failed = findings.failed().stream()
                .map(f -> new ReportBlock.Fact(
                        f.condition().label() + " (" + f.condition().split() + ")", f.reason()))
                .toList();
        return new Report.Section(
                "failures",
                "Conditions that could not be measured",
                failed.isEmpty() ? List.of() : List.of(ReportBlock.facts(failed)));
    }
}
