package org.rtda.contracts.broken;

import org.rtda.core.ImageBatch;

/** Breaks an architecture rule on purpose: contracts that use a sibling. */
public record ContractUsesCore(ImageBatch batch) {}
