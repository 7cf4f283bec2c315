package org.rtda.evaluator;

import io.smallrye.common.annotation.Identifier;
import io.smallrye.reactive.messaging.kafka.KafkaConsumerRebalanceListener;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Collection;
import java.util.List;
import java.util.OptionalLong;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.common.TopicPartition;

/**
 * Pins the consumer of attackers' answers to the end of its topic when it first connects, and to where it was when it
 * connects again.
 */
@ApplicationScoped
@Identifier("answers-from-now-on")
class AnswersFromNowOn implements KafkaConsumerRebalanceListener {
    private final AnswerPositions positions;

    AnswersFromNowOn(AnswerPositions positions) {
        this.positions = positions;
    }

    @Override
    public void onPartitionsAssigned(Consumer<?, ?> consumer, Collection<TopicPartition> partitions) {
        for (TopicPartition partition : partitions) {
            OptionalLong next = positions.next(partition.partition());
            if (next.isPresent()) {
                consumer.seek(partition, next.getAsLong());
            } else {
                consumer.seekToEnd(List.of(partition));
                // Asking for the position is what makes the seek happen now.
                positions.begin(partition.partition(), consumer.position(partition));
            }
        }
        if (!partitions.isEmpty()) {
            positions.begunOnAll();
        }
    }
}
