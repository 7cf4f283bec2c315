package org.rtda.gateway.view;

import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;
import org.rtda.contracts.EventCodec;
import org.rtda.contracts.Topic;
import org.rtda.contracts.check.Event;

/**
 * Takes records of the followed topics into the view. A record that cannot be taken in is remembered as refused and the
 * next one goes on. For one thread.
 */
public final class ViewFeed {
    /**
     * What the view is made of, all of them kept for ever; and the attempts, which every trainer reads from their beginning at every
     * start: what none of them can read becomes one dead letter here.
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

    private static final int MOST_REFUSED = 1000;

    private final ExperimentViews views;
    private final ViewCatchUp catchUp;
    private final Map<String, Topic> topics = new HashMap<>();
    private final List<Refused> refused = new ArrayList<>();

    public ViewFeed(ExperimentViews views, ViewCatchUp catchUp) {
        this.views = views;
        this.catchUp = catchUp;
        TOPICS.forEach(topic -> topics.put(topic.topicName(), topic));
    }

    /** Whether the record could be taken in. */
    public boolean take(ConsumerRecord<byte[], byte[]> kafkaRecord) {
        Topic topic = topics.get(kafkaRecord.topic());
        boolean taken = true;
        try {
            if (topic == Topic.DEAD_LETTERS) {
                views.apply(DeadLetter.of(kafkaRecord), kafkaRecord.partition() + "/" + kafkaRecord.offset());
            } else {
                Event event = (Event) EventCodec.read(kafkaRecord.value(), topic.messageType());
                if (topic != Topic.EXPERIMENT_ATTEMPTS) {
                    views.apply(event);
                }
            }
        } catch (RuntimeException e) {
            // whatever a record holds, the view goes on with the next one; the reason goes out with the letter
            taken = false;
            if (refused.size() < MOST_REFUSED) {
                refused.add(new Refused(kafkaRecord, e.getMessage() == null ? e.toString() : e.getMessage()));
            }
        }
        catchUp.seen(new TopicPartition(kafkaRecord.topic(), kafkaRecord.partition()), kafkaRecord.offset());
        return taken;
    }

    /**
     * The refused records that no reader has sent to the dead letters yet; each is handed out once. Empty until the view
     * has caught up, since only then it knows which letters there are: a restart does not send them again.
     */
    public List<Refused> newlyRefused() {
        if (!catchUp.isDone() || refused.isEmpty()) {
            return List.of();
        }
        List<Refused> news = refused.stream()
                .filter(r -> !views.deadLetters().knows(r.origin()))
                .toList();
        refused.clear();
        return news;
    }

    /** Puts one back whose letter could not be sent. */
    public void keep(Refused unsent) {
        refused.add(unsent);
    }

    public record Refused(ConsumerRecord<byte[], byte[]> kafkaRecord, String reason) {
        public String origin() {
            return DeadLetter.origin(kafkaRecord.topic(), kafkaRecord.partition(), kafkaRecord.offset());
        }
    }
}
