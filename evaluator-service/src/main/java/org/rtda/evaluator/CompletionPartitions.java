package org.rtda.evaluator;

import io.smallrye.common.annotation.Identifier;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Collection;
import java.util.Map;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.common.TopicPartition;
import org.rtda.evaluator.lifecycle.CompletionFold;
import org.rtda.evaluator.lifecycle.OffsetRange;

/** Tells {@link CompletionFold} which partitions of the topic this process owns, when Kafka assigns or revokes them. */
@ApplicationScoped
@Identifier("completion-partitions")
class CompletionPartitions extends FromTheBeginning {
    private final CompletionFold completions;

    CompletionPartitions(CompletionFold completions) {
        this.completions = completions;
    }

    @Override
    void assigned(Map<Integer, OffsetRange> ranges) {
        ranges.forEach(completions::assigned);
    }

    @Override
    public void onPartitionsRevoked(Consumer<?, ?> consumer, Collection<TopicPartition> partitions) {
        partitions.forEach(partition -> completions.revoked(partition.partition()));
    }

    @Override
    public void onPartitionsLost(Consumer<?, ?> consumer, Collection<TopicPartition> partitions) {
        onPartitionsRevoked(consumer, partitions);
    }
}
