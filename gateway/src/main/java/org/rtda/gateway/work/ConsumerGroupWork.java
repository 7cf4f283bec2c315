package org.rtda.gateway.work;

import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.apache.kafka.clients.admin.ConsumerGroupDescription;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;

/** What a consumer group does: each partition is read by one member, and what was done is an offset that it commits. */
final class ConsumerGroupWork {
    private final ConsumerGroupDescription group;
    private final Map<TopicPartition, OffsetAndMetadata> committed;
    private final TopicOffsets offsets;

    /** @param committed of each partition; null where nothing was */
    ConsumerGroupWork(
            ConsumerGroupDescription group, Map<TopicPartition, OffsetAndMetadata> committed, TopicOffsets offsets) {
        this.group = group;
        this.committed = committed;
        this.offsets = offsets;
    }

    /** One entry for each topic that it reads or has committed an offset of. */
    List<WorkerGroup> topics() {
        Set<String> topics = new TreeSet<>();
        group.members()
                .forEach(member -> member.assignment().topicPartitions().forEach(each -> topics.add(each.topic())));
        committed.forEach((partition, offset) -> {
            if (offset != null) {
                topics.add(partition.topic());
            }
        });
        return topics.stream()
                .filter(topic -> !offsets.partitions(topic).isEmpty())
                .map(topic -> new WorkerGroup(
                        group.groupId(), topic, members(topic), lag(topic), offsets.partitions(topic), offsets))
                .toList();
    }

    private int members(String topic) {
        Set<String> members = new HashSet<>();
        group.members().forEach(member -> member.assignment().topicPartitions().stream()
                .filter(partition -> partition.topic().equals(topic))
                .forEach(any -> members.add(member.consumerId())));
        return members.size();
    }

    private Long lag(String topic) {
        List<TopicPartition> partitions = offsets.partitions(topic);
        if (partitions.stream().allMatch(partition -> committed.get(partition) == null)) {
            return null;
        }
        return partitions.stream()
                .mapToLong(partition -> {
                    OffsetAndMetadata done = committed.get(partition);
                    return done == null ? offsets.held(partition) : offsets.heldFrom(partition, done.offset());
                })
                .sum();
    }
}
