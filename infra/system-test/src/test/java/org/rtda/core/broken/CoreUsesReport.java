package org.rtda.core.broken;

import org.rtda.report.Report;

/** Breaks an architecture rule on purpose: the core that uses a sibling. */
public record CoreUsesReport(Report report) {}
