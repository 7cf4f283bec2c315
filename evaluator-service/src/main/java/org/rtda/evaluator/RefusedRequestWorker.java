package org.rtda.evaluator;

import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import io.smallrye.common.annotation.Identifier;
import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.rtda.contracts.Topic;
import org.rtda.evaluator.attack.AttackClient;
import org.rtda.evaluator.context.EvaluationLane;
import org.rtda.messaging.EventRecords;
import org.rtda.messaging.TopicFollower;

/** Hears which attack requests no attacker can read, so that nobody waits for their answers. */
@ApplicationScoped
class RefusedRequestWorker {
    private static final List<Topic> REQUESTS = Arrays.stream(EvaluationLane.values())
            .map(EvaluationLane::attackRequests)
            .toList();

    private final AttackClient attacks;
    private final Map<String, Object> kafka;
    private TopicFollower deadLetters;

    RefusedRequestWorker(AttackClient attacks, @Identifier("default-kafka-broker") Map<String, Object> kafka) {
        this.attacks = attacks;
        this.kafka = kafka;
    }

    /** After the topics are there, and before tasks are taken. */
    void start(@Observes @Priority(50) StartupEvent event) {
        deadLetters = TopicFollower.fromNowOn(kafka, Topic.DEAD_LETTERS, this::hear);
    }

    void stop(@Observes @Priority(100) ShutdownEvent event) {
        deadLetters.close();
    }

    /** A letter has the key of the record that it was, which is a request's id. */
    private void hear(ConsumerRecord<String, byte[]> letter) {
        if (letter.key() != null) {
            EventRecords.reasonOfLetter(letter, REQUESTS).ifPresent(reason -> attacks.refused(letter.key(), reason));
        }
    }
}
