package org.rtda.preparation.broken;

import org.rtda.core.Tensor;

/** Breaks an architecture rule on purpose: the preparation of data sets that uses the core. */
public record PreparationUsesCore(Tensor tensor) {}
