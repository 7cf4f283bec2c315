package org.rtda.gateway.report;

import org.rtda.contracts.FigureNames;
import org.rtda.gateway.report.figures.Findings;
import org.rtda.gateway.report.figures.ReportSource;
import org.rtda.gateway.report.figures.SubgroupSummary;
import org.rtda.report.Report;

/** Plain accuracy by subgroup, for readers who look for it beside the balanced one. */
final class SubgroupAccuracySection implements ReportSection {
    @Override
    public Report.Section of(ReportSource source, Findings findings) {
        SubgroupSummary summary = new SubgroupSummary(source.submit().experimentId(), findings);
        return new Report.Section(
                "subgroup-accuracy",
                "Accuracy by subgroup",
                summary.sets().stream()
                        .map(set -> SubgroupSection.table(source, summary, summary.rows(), set, FigureNames.ACCURACY))
                        .toList(),
                Report.Part.APPENDIX);
    }
}
