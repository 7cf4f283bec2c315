package org.rtda.gateway.report;

import java.util.ArrayList;
import java.util.List;
import org.rtda.gateway.report.figures.Findings;
import org.rtda.gateway.report.figures.ReportSource;
import org.rtda.report.Report;
import org.rtda.report.ReportBlock;

/** The section on conditions that could not be measured, with their reasons. */
final class FailureSection implements ReportSection {
    @Override
    public Report.Section of(ReportSource source, Findings findings) {
        List<ReportBlock.Fact> failed = new ArrayList<>();
        findings.failed().stream()
                .filter(f -> !f.wasCancelled())
                .map(f -> new ReportBlock.Fact(
                        f.condition().label() + " (" + f.condition().split() + ")", f.reason()))
                .forEach(failed::add);
        if (findings.cancelled() > 0) {
            failed.add(
                    new ReportBlock.Fact("Cancelled", findings.cancelled() + " conditions, before they were measured"));
        }
        return new Report.Section(
                "failures",
                "Conditions that could not be measured",
                failed.isEmpty() ? List.of() : List.of(ReportBlock.facts(failed)));
    }
}
