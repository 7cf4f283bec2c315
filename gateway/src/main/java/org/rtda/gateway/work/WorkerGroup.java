package org.rtda.gateway.work;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.List;
import org.apache.kafka.common.TopicPartition;

/**
 * One kind of worker on one topic.
 *
 * @param group a share group, which any number of workers may join, or a consumer group
 * @param topic from which it takes work
 * @param members of a share group the processes that take records of the topic, each counted once however often it is a member; of a
 *     consumer group its members that read the topic
 * @param lag records that are not done: those that wait and those that are worked on; null where the group records no progress
 * @param partitions of the topic
 * @param done records of the topic that wait for nobody any more, since the topic was made; null where the lag is
 */
@JsonInclude(JsonInclude.Include.ALWAYS)
public record WorkerGroup(String group, String topic, int members, Long lag, int partitions, Long done) {
    WorkerGroup(
            String group, String topic, int members, Long lag, List<TopicPartition> partitions, TopicOffsets offsets) {
        this(group, topic, members, lag, partitions.size(), lag == null ? null : offsets.published(partitions) - lag);
    }
}
