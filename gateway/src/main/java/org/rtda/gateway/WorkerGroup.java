package org.rtda.gateway;

import com.fasterxml.jackson.annotation.JsonInclude;

/**
 * One kind of worker on one topic.
 *
 * @param members of the group that read this topic
 * @param lag records that wait: beyond what the group has committed; null for a group that commits nothing
 * @param partitions of the topic, the most workers that can share it
 */
@JsonInclude(JsonInclude.Include.ALWAYS)
record WorkerGroup(String group, String topic, int members, Long lag, int partitions) {}
