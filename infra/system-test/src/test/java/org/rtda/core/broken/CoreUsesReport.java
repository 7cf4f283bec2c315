package org.rtda.core.broken;

/** Breaks an architecture rule on purpose: the core that uses a sibling. */
public record CoreUsesReport(org.rtda.report.Report report) {}
