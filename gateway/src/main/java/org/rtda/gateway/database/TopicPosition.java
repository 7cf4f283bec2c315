package org.rtda.gateway.database;

/**
 * Where the projection goes on in a partition.
 *
 * @param topicId of the topic as the broker made it: another one where it was deleted and made anew
 */
public record TopicPosition(String topic, int partition, String topicId, long nextOffset) {}
