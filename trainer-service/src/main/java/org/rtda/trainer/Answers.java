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
import org.rtda.contracts.Topic;
import org.rtda.contracts.check.InvalidMessageException;
import org.rtda.messaging.DeadLetterHandler;
import org.rtda.messaging.EventRecords;
import org.rtda.messaging.Publisher;
import org.rtda.messaging.RefusedRecord;
import org.rtda.messaging.TopicFollower;

/**
 * Hands the answers of workers to the exchange that asked for them, and the requests that none of them could read: all from when
 * this trainer first listened. An answer that cannot be read becomes a dead letter; the exchange asks again.
 */
@ApplicationScoped
class Answers {
    private final KafkaWorkExchange exchange;
    private final TrainerConfig config;
    private final DeadLetterHandler deadLetters;
    private final Map<String, Object> kafka;
    private List<TopicFollower> followers = List.of();

    Answers(
            KafkaWorkExchange exchange,
            TrainerConfig config,
            Publisher publisher,
            @Identifier("default-kafka-broker") Map<String, Object> kafka) {
        this.exchange = exchange;
        this.config = config;
        this.deadLetters = new DeadLetterHandler(publisher);
        this.kafka = kafka;
    }

    void listen(@Observes @Priority(50) StartupEvent started) {
        followers = List.of(
                TopicFollower.fromNowOn(
                        kafka, Topic.AUGMENTED_BATCHES, received -> hear(Topic.AUGMENTED_BATCHES, received)),
                TopicFollower.fromNowOn(
                        kafka, Topic.ADVERSARIAL_BATCHES, received -> hear(Topic.ADVERSARIAL_BATCHES, received)),
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

    private void hearOfDeadLetter(ConsumerRecord<String, byte[]> received) {
        exchange.refused(RefusedRecord.of(received));
    }

    private void hear(Topic topic, ConsumerRecord<String, byte[]> received) {
        try {
            EventRecords.answerFor(config.instance(), received).ifPresent(answer -> exchange.answered(topic, answer));
        } catch (InvalidMessageException e) {
            deadLetters.send(received, e);
        }
    }
}
