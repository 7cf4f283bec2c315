package org.rtda.gateway.projection;

import java.util.EnumSet;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.rtda.contracts.EventCodec;
import org.rtda.contracts.Topic;
import org.rtda.contracts.check.Event;
import org.rtda.gateway.database.Reading;
import org.rtda.gateway.view.DeadLetter;

/** Says what a record of the followed topics means to the read model. */
public final class RecordReader {
    /**
     * What the read model is made of, all of them kept for ever; and the attempts, which every trainer reads from their beginning at
     * every start: what none of them can read becomes one dead letter here.
     */
    public static final Set<Topic> TOPICS = EnumSet.of(
            Topic.EXPERIMENTS,
            Topic.EXPERIMENT_STATUS,
            Topic.EXPERIMENT_ATTEMPTS,
            Topic.TRAINING_METRICS,
            Topic.CHECKPOINTS,
            Topic.EVALUATION_COMMANDS,
            Topic.ROBUSTNESS_METRICS,
            Topic.DEAD_LETTERS);

    private static final Map<String, Topic> BY_NAME = new HashMap<>();

    static {
        TOPICS.forEach(topic -> BY_NAME.put(topic.topicName(), topic));
    }

    private RecordReader() {}

    /** Never fails: what cannot be read is {@link Reading.Refused} with the reason. */
    static Reading read(ConsumerRecord<byte[], byte[]> received) {
        Topic topic = BY_NAME.get(received.topic());
        String origin = DeadLetter.origin(received.topic(), received.partition(), received.offset());
        try {
            if (topic == Topic.DEAD_LETTERS) {
                return new Reading.Letter(origin, DeadLetter.of(received));
            }
            if (received.value() != null && received.value().length > Reading.LONGEST) {
                return new Reading.Refused(
                        origin,
                        "a message may have at most " + Reading.LONGEST + " bytes, has " + received.value().length);
            }
            Event event = (Event) EventCodec.read(received.value(), topic.messageType());
            return topic == Topic.EXPERIMENT_ATTEMPTS
                    ? new Reading.Nothing(origin)
                    : new Reading.Happened(origin, event);
        } catch (RuntimeException e) {
            return new Reading.Refused(origin, e.getMessage() == null ? e.toString() : e.getMessage());
        }
    }
}
