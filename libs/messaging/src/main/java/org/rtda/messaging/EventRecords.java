package org.rtda.messaging;

import java.nio.charset.StandardCharsets;
import java.util.List;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.internals.RecordHeader;
import org.rtda.contracts.BatchAnswer;
import org.rtda.contracts.BatchRequest;
import org.rtda.contracts.EventCodec;
import org.rtda.contracts.Topic;
import org.rtda.contracts.check.Event;

/** Events as Kafka records: a key that is never null, and headers by which a record is routed without being read. */
public final class EventRecords {
    private EventRecords() {}

    /** An event that keeps its order among those with the same key. */
    public static ProducerRecord<String, byte[]> keyed(Topic topic, String key, Event event) {
        return new ProducerRecord<>(
                topic.topicName(), null, key, EventCodec.write(event), List.of(experimentHeader(event)));
    }

    public static ProducerRecord<String, byte[]> request(Topic topic, BatchRequest request) {
        return keyed(topic, request.id(), request);
    }

    public static ProducerRecord<String, byte[]> answer(Topic topic, BatchAnswer answer) {
        return new ProducerRecord<>(
                topic.topicName(),
                null,
                answer.id(),
                EventCodec.write(answer),
                List.of(experimentHeader(answer), header(Topic.REPLY_TO_HEADER, answer.replyTo())));
    }

    /** Whether an answer is for this instance. */
    public static boolean isFor(ConsumerRecord<?, ?> answer, String replyTo) {
        return replyTo.equals(headerOf(answer, Topic.REPLY_TO_HEADER));
    }

    /** The header's text, or null when the record has none of that name. */
    public static String headerOf(ConsumerRecord<?, ?> consumed, String name) {
        Header header = consumed.headers().lastHeader(name);
        return header == null ? null : new String(header.value(), StandardCharsets.UTF_8);
    }

    private static Header experimentHeader(Event event) {
        return header(Topic.EXPERIMENT_HEADER, event.experimentId());
    }

    private static Header header(String name, String value) {
        return new RecordHeader(name, value.getBytes(StandardCharsets.UTF_8));
    }
}
