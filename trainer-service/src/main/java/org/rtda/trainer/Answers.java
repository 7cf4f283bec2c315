package org.rtda.trainer;

import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import io.smallrye.common.annotation.Identifier;
import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.rtda.contracts.BatchAnswer;
import org.rtda.contracts.EventCodec;
import org.rtda.contracts.Topic;
import org.rtda.messaging.EventRecords;
import org.rtda.messaging.TopicFollower;

/**
 * Hands the answers of workers to the exchange that asked for them, and the requests that none of them could read: all from when
 * this trainer first listened.
 */
@ApplicationScoped
class Answers {
    private final KafkaWorkExchange exchange;
    private final TrainerConfig config;
    private final Map<String, Object> kafka;
    private List<TopicFollower> followers = List.of();

    Answers(
            KafkaWorkExchange exchange,
            TrainerConfig config,
            @Identifier("default-kafka-broker") Map<String, Object> kafka) {
        this.exchange = exchange;
        this.config = config;
        this.kafka = kafka;
    }

    void listen(@Observes @Priority(50) StartupEvent started) {
        followers = List.of(
                TopicFollower.fromNowOn(kafka, Topic.AUGMENTED_BATCHES, this::hear),
                TopicFollower.fromNowOn(kafka, Topic.ADVERSARIAL_BATCHES, this::hear),
                TopicFollower.fromNowOn(kafka, Topic.DEAD_LETTERS, this::hearOfDeadLetter));
    }

    void stop(@Observes @Priority(100) ShutdownEvent event) {
        followers.forEach(TopicFollower::close);
    }

    /** Returns when no answer that is given from then on is missed. */
    void awaitListening() throws InterruptedException {
        for (TopicFollower follower : followers) {
            follower.awaitCaughtUp();
        }
    }

    /** A letter has the key of the record that it was, which is a request's id. */
    private void hearOfDeadLetter(ConsumerRecord<String, byte[]> received) {
        if (received.key() != null) {
            exchange.refused(received.key(), EventRecords.headerOf(received, Topic.DEAD_LETTER_REASON_HEADER));
        }
    }

    private void hear(ConsumerRecord<String, byte[]> received) {
        if (EventRecords.isFor(received, config.instance())) {
            exchange.answered(EventCodec.read(received.value(), BatchAnswer.class));
        }
    }
}
