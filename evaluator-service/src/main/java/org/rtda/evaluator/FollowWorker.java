package org.rtda.evaluator;

import jakarta.enterprise.context.ApplicationScoped;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.eclipse.microprofile.reactive.messaging.Incoming;
import org.jboss.logging.Logger;
import org.rtda.contracts.EventCodec;
import org.rtda.contracts.RobustnessMetric;
import org.rtda.contracts.check.InvalidMessageException;
import org.rtda.evaluator.attack.AttackClient;
import org.rtda.evaluator.lifecycle.PublishedMetrics;
import org.rtda.messaging.DeadLetterOffice;
import org.rtda.messaging.EventRecords;
import org.rtda.messaging.Publisher;

/**
 * Reads what every evaluator must know completely: published metrics from the topic's beginning, and attack workers'
 * answers from now on. A metric that does not parse is skipped: every evaluator sees it at every start, and the gateway
 * writes the one dead letter. An answer to this evaluator that does not parse becomes a dead letter here, and is
 * requested again.
 */
@ApplicationScoped
class FollowWorker {
    private static final Logger LOG = Logger.getLogger(FollowWorker.class);

    private final PublishedMetrics published;
    private final AttackClient attacks;
    private final AnswerPositions positions;
    private final EvaluatorConfig config;
    private final DeadLetterOffice deadLetters;

    FollowWorker(
            PublishedMetrics published,
            AttackClient attacks,
            AnswerPositions positions,
            EvaluatorConfig config,
            Publisher publisher) {
        this.published = published;
        this.attacks = attacks;
        this.positions = positions;
        this.config = config;
        this.deadLetters = new DeadLetterOffice(publisher);
    }

    @Incoming("metrics-published")
    void onMetric(ConsumerRecord<String, byte[]> received) {
        try {
            published.add(EventCodec.read(received.value(), RobustnessMetric.class));
        } catch (InvalidMessageException e) {
            LOG.warnf(
                    "Record %d of %s-%d is left out: %s",
                    received.offset(), received.topic(), received.partition(), e.getMessage());
        }
        published.seen(received.partition(), received.offset());
    }

    @Incoming("adversarial-batches")
    void onAnswer(ConsumerRecord<String, byte[]> received) {
        attacks.heard();
        try {
            EventRecords.answerFor(config.instance(), received).ifPresent(attacks::answered);
        } catch (InvalidMessageException e) {
            deadLetters.send(received, e);
        }
        positions.passed(received.partition(), received.offset());
    }
}
