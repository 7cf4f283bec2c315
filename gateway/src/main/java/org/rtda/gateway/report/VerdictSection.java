package org.rtda.gateway.report;

import java.util.ArrayList;
import java.util.List;
import org.rtda.contracts.FigureNames;
import org.rtda.gateway.report.figures.Findings;
import org.rtda.gateway.report.figures.ReportSource;
import org.rtda.report.Chart;
import org.rtda.report.Report;
import org.rtda.report.ReportBlock;

/** The first page: the verdict in sentences, one figure and one table. */
final class VerdictSection implements ReportSection {
    @Override
    public Report.Section of(ReportSource source, Findings findings) {
        FrontRows rows = new FrontRows(source, findings);
        List<ReportBlock> blocks = new ArrayList<>();
        blocks.add(ReportBlock.facts(new Verdict(source, findings, rows).sentences()));
        RadiusChart.of(source, findings, source.trainingAttack().norm(), FigureNames.BALANCED_ACCURACY)
                .map(VerdictSection::curves)
                .map(ReportBlock::chart)
                .ifPresent(blocks::add);
        rows.table().ifPresent(blocks::add);
        return new Report.Section("headline", "In short", blocks, Report.Part.FRONT);
    }

    /** Without single attacks at one radius, which the section on attacks shows. */
    private static Chart curves(Chart chart) {
        return new Chart(
                chart.title(),
                chart.xLabel(),
                chart.yLabel(),
                chart.low(),
                chart.high(),
                chart.series().stream()
                        .filter(series -> series.style() != Chart.Style.MARKS)
                        .toList(),
                chart.across());
    }
}
