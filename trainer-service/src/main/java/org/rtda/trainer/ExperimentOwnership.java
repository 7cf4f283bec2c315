package org.rtda.trainer;

import io.smallrye.common.annotation.Identifier;
import io.smallrye.reactive.messaging.kafka.KafkaConsumerRebalanceListener;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Collection;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.common.TopicPartition;

/** Who owns a partition of the commands owns its experiments: a partition that goes takes its runs along. */
@ApplicationScoped
@Identifier("experiment-ownership")
class ExperimentOwnership implements KafkaConsumerRebalanceListener {
    private final OpenRuns openRuns;
    private volatile long generation;

    ExperimentOwnership(OpenRuns openRuns) {
        this.openRuns = openRuns;
    }

    /** Of the group: grows each time its partitions are dealt out anew. */
    long generation() {
        return generation;
    }

    @Override
    public void onPartitionsAssigned(Consumer<?, ?> consumer, Collection<TopicPartition> partitions) {
        generation = consumer.groupMetadata().generationId();
    }

    @Override
    public void onPartitionsRevoked(Consumer<?, ?> consumer, Collection<TopicPartition> partitions) {
        partitions.forEach(partition -> openRuns.partitionLost(partition.partition()));
    }

    @Override
    public void onPartitionsLost(Consumer<?, ?> consumer, Collection<TopicPartition> partitions) {
        onPartitionsRevoked(consumer, partitions);
    }
}
