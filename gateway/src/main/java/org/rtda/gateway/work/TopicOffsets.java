package org.rtda.gateway.work;

import java.util.Comparator;
import java.util.List;
import java.util.Map;
import org.apache.kafka.common.TopicPartition;

/**
 * Where the records begin and end that topics hold.
 *
 * @param starts of each partition, the offset of the first record that is still there
 * @param ends of each partition, the offset of the next record to come
 */
record TopicOffsets(Map<TopicPartition, Long> starts, Map<TopicPartition, Long> ends) {
    TopicOffsets {
        starts = Map.copyOf(starts);
        ends = Map.copyOf(ends);
    }

    /** In their order. */
    List<TopicPartition> partitions(String topic) {
        return ends.keySet().stream()
                .filter(partition -> partition.topic().equals(topic))
                .sorted(Comparator.comparingInt(TopicPartition::partition))
                .toList();
    }

    /** How many records were ever published to some partitions, those that retention has removed included. */
    long published(List<TopicPartition> partitions) {
        return partitions.stream().mapToLong(ends::get).sum();
    }

    /** How many records a partition holds. */
    long held(TopicPartition partition) {
        return heldFrom(partition, 0);
    }

    /** How many a partition holds from an offset on: what retention has removed waits for nobody. */
    long heldFrom(TopicPartition partition, long offset) {
        return Math.max(0, ends.get(partition) - Math.max(offset, starts.get(partition)));
    }
}
