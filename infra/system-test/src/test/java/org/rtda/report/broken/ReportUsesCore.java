package org.rtda.report.broken;

/** Breaks an architecture rule on purpose: a report that uses a sibling. */
public record ReportUsesCore(org.rtda.core.ImageBatch batch) {}
