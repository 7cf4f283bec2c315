package org.rtda.evaluator;

/**
 * What a partition holds at one moment.
 *
 * @param beginning offset of its first record
 * @param end offset that the next record to be written will get
 */
record OffsetRange(long beginning, long end) {}
