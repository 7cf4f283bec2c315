package org.rtda.evaluator;

import io.smallrye.common.annotation.Identifier;
import io.smallrye.reactive.messaging.kafka.KafkaConsumerRebalanceListener;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.common.TopicPartition;

/**
 * Pins the consumer of attackers' answers to the end of its topic when it first connects, and to where it was when it
 * connects again: what is answered after {@link #listening} has ended is not missed.
 */
@ApplicationScoped
@Identifier("answers-from-now-on")
class AnswersFromNowOn implements KafkaConsumerRebalanceListener {
    private final Map<Integer, Long> next = new ConcurrentHashMap<>();
    private final CompletableFuture<Void> listening = new CompletableFuture<>();

    @Override
    public void onPartitionsAssigned(Consumer<?, ?> consumer, Collection<TopicPartition> partitions) {
        List<TopicPartition> unknown =
                partitions.stream().filter(p -> !next.containsKey(p.partition())).toList();
        if (!unknown.isEmpty()) {
            consumer.seekToEnd(unknown);
        }
        for (TopicPartition partition : partitions) {
            if (unknown.contains(partition)) {
                // Asking for the position is what makes the seek happen now.
                next.put(partition.partition(), consumer.position(partition));
            } else {
                consumer.seek(partition, next.get(partition.partition()));
            }
        }
        if (!partitions.isEmpty()) {
            listening.complete(null);
        }
    }

    void passed(int partition, long offset) {
        next.put(partition, offset + 1);
    }

    CompletionStage<Void> listening() {
        return listening;
    }
}
