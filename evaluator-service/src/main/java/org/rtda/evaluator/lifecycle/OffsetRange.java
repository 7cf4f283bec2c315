package org.rtda.evaluator.lifecycle;

/**
 * The first and the next offset of a partition at one moment.
 *
 * @param beginning offset of its first record
 * @param end offset that the next record to be written will get
 */
public record OffsetRange(long beginning, long end) {}
