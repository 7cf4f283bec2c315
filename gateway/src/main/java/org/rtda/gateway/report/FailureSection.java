package org.rtda.gateway.report;

import java.util.List;
import org.rtda.report.Block;
import org.rtda.report.Report;

/** Conditions that could not be measured, with their reasons. */
final class FailureSection implements ReportSection {
    @Override
    public Report.Section of(ReportSource source, Findings findings) {
        List<Block.Fact> failed = findings.failed().stream()
                .map(f -> new Block.Fact(
                        f.condition().label() + " (" + f.condition().split() + ")", f.reason()))
                .toList();
        return new Report.Section(
                "failures",
                "Conditions that could not be measured",
                failed.isEmpty() ? List.of() : List.of(Block.facts(failed)));
    }
}
