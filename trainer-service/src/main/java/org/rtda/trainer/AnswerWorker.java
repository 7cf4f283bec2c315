package org.rtda.trainer;

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
    private final TrainerConfig config;

    AnswerWorker(KafkaWorkExchange exchange, OpenRuns openRuns, TrainerConfig config) {
        this.exchange = exchange;
        this.openRuns = openRuns;
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
    }
}
