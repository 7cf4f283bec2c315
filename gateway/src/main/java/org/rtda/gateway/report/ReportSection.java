package org.rtda.gateway.report;

import org.rtda.report.Report;

/** Writes one section. */
interface ReportSection {
    Report.Section of(ReportSource source, Findings findings);
}
