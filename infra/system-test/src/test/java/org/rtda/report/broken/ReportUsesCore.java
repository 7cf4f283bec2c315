package org.rtda.report.broken;

import org.rtda.core.ImageBatch;

/** Breaks an architecture rule on purpose: a report that uses a sibling. */
public record ReportUsesCore(ImageBatch batch) {}
