package org.rtda.imaging.broken;

import org.rtda.core.ImageBatch;

/** Breaks an architecture rule on purpose: imaging that uses a sibling. */
public record ImagingUsesCore(ImageBatch batch) {}
