package org.rtda.messaging;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.rtda.contracts.Topic;

/** Takes what can never be worked on, with the reason. */
public final class DeadLetterOffice {
    /** Of a record's value that a letter carries: with key and headers below what any broker takes (1 MiB unless told otherwise). */
    public static final int VALUE_LIMIT = 768 << 10;

    private static final int REASON_LIMIT = 4 << 10;

    private final Publisher publisher;

    DeadLetterOffice(Publisher publisher) {
        this.publisher = publisher;
    }

    /** Returns when the letter is published. */
    void take(ConsumerRecord<String, byte[]> refused, RuntimeException reason) throws InterruptedException {
        publisher.publishAndWait(letter(refused, reason));
    }

    /** The record as it came, but for the end of a value that is too long for a letter. */
    static ProducerRecord<String, byte[]> letter(ConsumerRecord<String, byte[]> refused, RuntimeException reason) {
        byte[] value = refused.value();
        boolean cut = value != null && value.length > VALUE_LIMIT;
        ProducerRecord<String, byte[]> letter = new ProducerRecord<>(
                Topic.DEAD_LETTERS.topicName(),
                null,
                refused.key() == null
                        ? refused.topic() + "/" + refused.partition() + "/" + refused.offset()
                        : refused.key(),
                cut ? Arrays.copyOf(value, VALUE_LIMIT) : value);
        String experiment = EventRecords.headerOf(refused, Topic.EXPERIMENT_HEADER);
        if (experiment != null) {
            add(letter, Topic.EXPERIMENT_HEADER, experiment);
        }
        String why = reason.getMessage() == null ? reason.getClass().getSimpleName() : reason.getMessage();
        add(letter, Topic.DEAD_LETTER_REASON_HEADER, why.substring(0, Math.min(why.length(), REASON_LIMIT)));
        add(letter, Topic.DEAD_LETTER_TOPIC_HEADER, refused.topic());
        add(letter, Topic.DEAD_LETTER_PARTITION_HEADER, Integer.toString(refused.partition()));
        add(letter, Topic.DEAD_LETTER_OFFSET_HEADER, Long.toString(refused.offset()));
        if (cut) {
            add(letter, Topic.DEAD_LETTER_SIZE_HEADER, Integer.toString(value.length));
        }
        return letter;
    }

    private static void add(ProducerRecord<String, byte[]> letter, String name, String value) {
        letter.headers().add(name, value.getBytes(StandardCharsets.UTF_8));
    }
}
