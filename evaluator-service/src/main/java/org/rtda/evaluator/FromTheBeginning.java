package org.rtda.evaluator;

import io.smallrye.reactive.messaging.kafka.KafkaConsumerRebalanceListener;
import java.util.Collection;
import java.util.Map;
import java.util.TreeMap;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.common.TopicPartition;
import org.rtda.evaluator.lifecycle.OffsetRange;

/** Reads partitions from their beginning whenever they are assigned. */
abstract class FromTheBeginning implements KafkaConsumerRebalanceListener {

    @Override
    public void onPartitionsAssigned(Consumer<?, ?> consumer, Collection<TopicPartition> partitions) {
        if (partitions.isEmpty()) {
            return;
        }
        Map<TopicPartition, Long> beginnings = consumer.beginningOffsets(partitions);
        Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
        Map<Integer, OffsetRange> ranges = new TreeMap<>();
        for (TopicPartition partition : partitions) {
            ranges.put(partition.partition(), new OffsetRange(beginnings.get(partition), ends.get(partition)));
            consumer.seek(partition, beginnings.get(partition));
        }
        assigned(ranges);
    }

    /** @param ranges by partition: what is there now */
    abstract void assigned(Map<Integer, OffsetRange> ranges);
}
