package org.rtda.evaluator.lifecycle;

/**
 * What a partition holds at one moment.
 *
 * @param beginning offset of its first record
 * @param end offset that the next record to be written will get
 */
public record OffsetRange(long beginning, long end) {}
