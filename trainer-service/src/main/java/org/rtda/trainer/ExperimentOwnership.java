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

    ExperimentOwnership(OpenRuns openRuns) {
        this.openRuns = openRuns;
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
