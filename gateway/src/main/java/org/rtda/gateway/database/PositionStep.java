package org.rtda.gateway.database;

/**
 * How far a batch reads a partition.
 *
 * @param from offset that the stored position must have
 * @param to offset after the batch's last record
 */
public record PositionStep(String topic, int partition, long from, long to) {}
