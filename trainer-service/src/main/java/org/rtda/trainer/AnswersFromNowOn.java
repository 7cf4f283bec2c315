package org.rtda.trainer;

import io.smallrye.common.annotation.Identifier;
import io.smallrye.reactive.messaging.kafka.KafkaConsumerRebalanceListener;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Collection;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.common.TopicPartition;
import org.rtda.contracts.Topic;

/**
 * Pins the answers' consumers to the end of their topics when they connect, and knows when that is done: an answer made
 * after {@link #awaitReady} returns is not missed.
 */
@ApplicationScoped
@Identifier("answers-from-now-on")
class AnswersFromNowOn implements KafkaConsumerRebalanceListener {
    private static final Set<String> TOPICS =
            Set.of(Topic.AUGMENTED_BATCHES.topicName(), Topic.ADVERSARIAL_BATCHES.topicName());

    private final Set<String> waitedFor = ConcurrentHashMap.newKeySet();
    private final CountDownLatch ready = new CountDownLatch(TOPICS.size());

    AnswersFromNowOn() {
        waitedFor.addAll(TOPICS);
    }

    @Override
    public void onPartitionsAssigned(Consumer<?, ?> consumer, Collection<TopicPartition> partitions) {
        consumer.seekToEnd(partitions);
        for (TopicPartition partition : partitions) {
            // asking for the position is what makes the seek happen now
            consumer.position(partition);
        }
        for (TopicPartition partition : partitions) {
            if (waitedFor.remove(partition.topic())) {
                ready.countDown();
            }
        }
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
