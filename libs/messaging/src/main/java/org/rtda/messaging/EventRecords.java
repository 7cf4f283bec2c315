package org.rtda.messaging;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.internals.RecordHeader;
import org.rtda.contracts.BatchAnswer;
import org.rtda.contracts.BatchRequest;
import org.rtda.contracts.CheckpointSaved;
import org.rtda.contracts.EvaluationCommand;
import org.rtda.contracts.EvaluationId;
import org.rtda.contracts.EventCodec;
import org.rtda.contracts.Topic;
import org.rtda.contracts.check.Check;
import org.rtda.contracts.check.Event;
import org.rtda.contracts.check.InvalidMessageException;

/** Events as Kafka records: a key that is never null, and headers by which a record is routed without being read. */
public final class EventRecords {
    private EventRecords() {}

    /** An event that keeps its order among those with the same key. */
    public static ProducerRecord<String, byte[]> keyed(Topic topic, String key, Event event) {
        return new ProducerRecord<>(topic.topicName(), null, key, EventCodec.write(event), headers(event));
    }

    /** By which a record is attributed without being read; the addressee of an answer is not among them. */
    public static List<Header> headers(Event event) {
        List<Header> headers = new ArrayList<>();
        headers.add(experimentHeader(event));
        evaluation(event).ifPresent(id -> headers.add(header(Topic.EVALUATION_HEADER, id.text())));
        return headers;
    }

    private static Optional<EvaluationId> evaluation(Event event) {
        if (event instanceof CheckpointSaved checkpoint) {
            return checkpoint.ownEvaluation();
        }
        return event instanceof EvaluationCommand command ? Optional.of(command.evaluation()) : Optional.empty();
    }

    /**
     * The experiment of a record that need not be readable, where key and header agree on it, as they do in every record of the project's
     * whose key is an experiment's id; empty of any other record.
     */
    public static Optional<String> experimentOf(ConsumerRecord<String, ?> received) {
        return Optional.ofNullable(received.key())
                .filter(id -> id.equals(headerOf(received, Topic.EXPERIMENT_HEADER)))
                .filter(Check::isName);
    }

    /** The evaluation for which a record asks that need not be readable; empty where it is not one of its experiment's. */
    public static Optional<EvaluationId> evaluationOf(ConsumerRecord<String, ?> received) {
        return Optional.ofNullable(headerOf(received, Topic.EVALUATION_HEADER))
                .flatMap(EvaluationId::find)
                .filter(id ->
                        experimentOf(received).filter(id.experimentId()::equals).isPresent());
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

    /**
     * @return what the answer says where it is for this instance
     * @throws InvalidMessageException where it is and does not parse, or says to nobody whom it is for
     */
    public static Optional<BatchAnswer> answerFor(String instance, ConsumerRecord<String, byte[]> answer) {
        if (headerOf(answer, Topic.REPLY_TO_HEADER) == null) {
            throw new InvalidMessageException(
                    "an answer must say in its header " + Topic.REPLY_TO_HEADER + " whom it is for", null);
        }
        return isFor(answer, instance)
                ? Optional.of(EventCodec.read(answer.value(), BatchAnswer.class))
                : Optional.empty();
    }

    /** Whether an answer is for this instance. */
    public static boolean isFor(ConsumerRecord<?, ?> answer, String replyTo) {
        return replyTo.equals(headerOf(answer, Topic.REPLY_TO_HEADER));
    }

    /** The header's text, or null when the record has none of that name, or one without a value. */
    public static String headerOf(ConsumerRecord<?, ?> consumed, String name) {
        Header header = consumed.headers().lastHeader(name);
        return header == null || header.value() == null ? null : new String(header.value(), StandardCharsets.UTF_8);
    }

    private static Header experimentHeader(Event event) {
        return header(Topic.EXPERIMENT_HEADER, event.experimentId());
    }

    private static Header header(String name, String value) {
        return new RecordHeader(name, value.getBytes(StandardCharsets.UTF_8));
    }
}
