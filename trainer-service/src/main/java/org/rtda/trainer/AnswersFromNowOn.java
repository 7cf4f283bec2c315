package org.rtda.trainer;

import io.smallrye.common.annotation.Identifier;
import io.smallrye.reactive.messaging.kafka.KafkaConsumerRebalanceListener;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;
import org.rtda.contracts.Topic;

/**
 * Pins the answers' consumers to the end of their topics when they first connect, and to where they were when they connect
 * again, since answers come while a broker restarts, too. An answer made after {@link #awaitReady} returns is not missed; one
 * that was read may come again.
 */
@ApplicationScoped
@Identifier("answers-from-now-on")
class AnswersFromNowOn implements KafkaConsumerRebalanceListener {
    private static final Set<String> TOPICS =
            Set.of(Topic.AUGMENTED_BATCHES.topicName(), Topic.ADVERSARIAL_BATCHES.topicName());

    private final Map<TopicPartition, Long> next = new ConcurrentHashMap<>();
    private final Set<String> waitedFor = ConcurrentHashMap.newKeySet();
    private final CountDownLatch ready = new CountDownLatch(TOPICS.size());

    AnswersFromNowOn() {
        waitedFor.addAll(TOPICS);
    }

    @Override
    public void onPartitionsAssigned(Consumer<?, ?> consumer, Collection<TopicPartition> partitions) {
        for (TopicPartition partition : partitions) {
            Long known = next.get(partition);
            if (known != null) {
                consumer.seek(partition, known);
            } else {
                consumer.seekToEnd(List.of(partition));
                // asking for the position is what makes the seek happen now
                next.put(partition, consumer.position(partition));
            }
        }
        for (TopicPartition partition : partitions) {
            if (waitedFor.remove(partition.topic())) {
                ready.countDown();
            }
        }
    }

    /** Everything up to this record has been dealt with; not what the consumer has fetched, which may still wait in a queue. */
    void passed(ConsumerRecord<?, ?> record) {
        next.put(new TopicPartition(record.topic(), record.partition()), record.offset() + 1);
    }

    /** Returns when answers are listened to, or at once when the run is told to stop. */
    void awaitReady(RunControl control) {
        try {
            while (!control.isStopped() && !ready.await(200, TimeUnit.MILLISECONDS)) {
                // looks at the control again
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
