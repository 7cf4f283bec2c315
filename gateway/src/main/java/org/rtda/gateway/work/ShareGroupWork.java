package org.rtda.gateway.work;

import java.util.Arrays;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.apache.kafka.clients.admin.ShareMemberDescription;
import org.apache.kafka.clients.admin.SharePartitionOffsetInfo;
import org.apache.kafka.common.TopicPartition;
import org.rtda.contracts.Topic;

/**
 * What a share group does: any number of members take records of the same partition, and the broker knows of each record whether
 * it is done.
 */
final class ShareGroupWork {
    private final String group;
    private final Collection<ShareMemberDescription> members;
    private final Map<TopicPartition, SharePartitionOffsetInfo> progress;
    private final TopicOffsets offsets;

    /**
     * @param members none where the group has never had one
     * @param progress of each partition; null where no record was taken yet
     */
    ShareGroupWork(
            String group,
            Collection<ShareMemberDescription> members,
            Map<TopicPartition, SharePartitionOffsetInfo> progress,
            TopicOffsets offsets) {
        this.group = group;
        this.members = members;
        this.progress = progress;
        this.offsets = offsets;
    }

    /** The groups that work on the project's topics, whether or not they have had a member yet. */
    static List<String> expected() {
        return Arrays.stream(Topic.values())
                .filter(Topic::isWork)
                .map(Topic::workers)
                .toList();
    }

    /** One entry for each topic that it takes records from. */
    List<WorkerGroup> topics() {
        Set<String> topics = new TreeSet<>();
        members.forEach(member -> member.assignment().topicPartitions().forEach(each -> topics.add(each.topic())));
        progress.keySet().forEach(partition -> topics.add(partition.topic()));
        ownTopic().ifPresent(topics::add);
        return topics.stream()
                .filter(topic -> !offsets.partitions(topic).isEmpty())
                .map(topic ->
                        new WorkerGroup(group, topic, processes(topic), lag(topic), offsets.partitions(topic), offsets))
                .toList();
    }

    private Optional<String> ownTopic() {
        return Arrays.stream(Topic.values())
                .filter(topic -> topic.isWork() && topic.workers().equals(group))
                .map(Topic::topicName)
                .findFirst();
    }

    /** A process may be a member several times, and has one client id in the group. */
    private int processes(String topic) {
        record Process(String host, String clientId) {}
        Set<Process> processes = new HashSet<>();
        members.stream()
                .filter(member -> member.assignment().topicPartitions().stream()
                        .anyMatch(partition -> partition.topic().equals(topic)))
                .forEach(member -> processes.add(new Process(member.host(), member.clientId())));
        return processes.size();
    }

    /** Of a group of the project's, which begins where its topic begins, it is known even before the first record is taken. */
    private Long lag(String topic) {
        boolean own = ownTopic().isPresent();
        long lag = 0;
        for (TopicPartition partition : offsets.partitions(topic)) {
            SharePartitionOffsetInfo done = progress.get(partition);
            if (done == null && !own) {
                return null;
            }
            lag += done == null ? offsets.held(partition) : lag(partition, done);
        }
        return lag;
    }

    /** The broker's word counts no record that is done; without it, all after the oldest that is not. */
    private long lag(TopicPartition partition, SharePartitionOffsetInfo done) {
        long from = offsets.heldFrom(partition, done.startOffset());
        return Math.min(from, done.lag().orElse(from));
    }
}
