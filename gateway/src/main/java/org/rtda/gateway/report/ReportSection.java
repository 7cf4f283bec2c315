package org.rtda.gateway.report;

import org.rtda.gateway.report.figures.Findings;
import org.rtda.gateway.report.figures.ReportSource;
import org.rtda.report.Report;

/** Writes one section. */
interface ReportSection {
    Report.Section of(ReportSource source, Findings findings);
}
