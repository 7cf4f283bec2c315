package org.rtda.trainer;

import io.smallrye.common.annotation.Identifier;
import jakarta.enterprise.context.ApplicationScoped;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.eclipse.microprofile.reactive.messaging.Incoming;
import org.rtda.contracts.BatchAnswer;
import org.rtda.contracts.EventCodec;
import org.rtda.contracts.Topic;
import org.rtda.messaging.EventRecords;

/** What comes back to this trainer: answers to its requests, and dead letters of its experiments. */
@ApplicationScoped
class AnswerWorker {
    private final KafkaWorkExchange exchange;
    private final OpenRuns openRuns;
    private final AnswersFromNowOn answersFromNowOn;
    private final TrainerConfig config;

    AnswerWorker(
            KafkaWorkExchange exchange,
            OpenRuns openRuns,
            @Identifier("answers-from-now-on") AnswersFromNowOn answersFromNowOn,
            TrainerConfig config) {
        this.exchange = exchange;
        this.openRuns = openRuns;
        this.answersFromNowOn = answersFromNowOn;
        this.config = config;
    }

    @Incoming("augmented-batches")
    void augmented(ConsumerRecord<String, byte[]> received) {
        deliver(received);
    }

    @Incoming("adversarial-batches")
    void adversarial(ConsumerRecord<String, byte[]> received) {
        deliver(received);
    }

    @Incoming("dead-letters")
    void deadLetter(ConsumerRecord<String, byte[]> received) {
        String experimentId = EventRecords.headerOf(received, Topic.EXPERIMENT_HEADER);
        if (experimentId != null) {
            openRuns.fail(
                    experimentId,
                    "a record could not be processed: "
                            + EventRecords.headerOf(received, Topic.DEAD_LETTER_REASON_HEADER));
        }
    }

    private void deliver(ConsumerRecord<String, byte[]> received) {
        if (EventRecords.isFor(received, config.instance())) {
            exchange.answered(EventCodec.read(received.value(), BatchAnswer.class));
        }
        answersFromNowOn.passed(received);
    }
}
