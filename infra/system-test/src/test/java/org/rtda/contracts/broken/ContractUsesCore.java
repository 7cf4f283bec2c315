package org.rtda.contracts.broken;

/** Breaks an architecture rule on purpose: contracts that use a sibling. */
public record ContractUsesCore(org.rtda.core.ImageBatch batch) {}
