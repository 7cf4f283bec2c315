package org.rtda.evaluator;

import jakarta.enterprise.context.ApplicationScoped;
import java.util.function.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.eclipse.microprofile.reactive.messaging.Incoming;
import org.jboss.logging.Logger;
import org.rtda.contracts.BatchAnswer;
import org.rtda.contracts.EventCodec;
import org.rtda.contracts.RobustnessMetric;
import org.rtda.contracts.check.Event;
import org.rtda.contracts.check.InvalidMessageException;
import org.rtda.evaluator.attack.AttackClient;
import org.rtda.evaluator.lifecycle.PublishedMetrics;
import org.rtda.messaging.EventRecords;

/**
 * Reads what every evaluator must know completely: published metrics from the topic's beginning, and attack workers'
 * answers from now on. A record that does not parse is left out: every replica sees it at every start, dead letters
 * would repeat.
 */
@ApplicationScoped
class FollowWorker {
    private static final Logger LOG = Logger.getLogger(FollowWorker.class);

    private final PublishedMetrics published;
    private final AttackClient attacks;
    private final AnswerPositions positions;
    private final EvaluatorConfig config;

    FollowWorker(PublishedMetrics published, AttackClient attacks, AnswerPositions positions, EvaluatorConfig config) {
        this.published = published;
        this.attacks = attacks;
        this.positions = positions;
        this.config = config;
    }

    @Incoming("metrics-published")
    void onMetric(ConsumerRecord<String, byte[]> received) {
        read(received, RobustnessMetric.class, published::add);
        published.seen(received.partition(), received.offset());
    }

    @Incoming("adversarial-batches")
    void onAnswer(ConsumerRecord<String, byte[]> received) {
        attacks.heard();
        if (EventRecords.isFor(received, config.instance())) {
            read(received, BatchAnswer.class, attacks::answered);
        }
        positions.passed(received.partition(), received.offset());
    }

    private static <T extends Event> void read(
            ConsumerRecord<String, byte[]> received, Class<T> type, Consumer<T> consumer) {
        T event;
        try {
            event = EventCodec.read(received.value(), type);
        } catch (InvalidMessageException e) {
            LOG.warnf(
                    "Record %d of %s-%d is left out: %s",
                    received.offset(), received.topic(), received.partition(), e.getMessage());
            return;
        }
        consumer.accept(event);
    }
}
