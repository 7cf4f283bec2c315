package org.rtda.gateway.view;

import com.fasterxml.jackson.annotation.JsonIgnore;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.Header;
import org.rtda.contracts.Topic;

/**
 * A record that could not be processed. Its content stays in the topic.
 *
 * @param time when it was set aside, UTC
 * @param experiment id of the experiment, from the header of the record; null when it had none
 * @param topic where the record was first read; null where the letter does not say
 * @param partition of that topic; -1 where the letter does not say
 * @param offset of the record in that partition; -1 where the letter does not say
 * @param reason why it could not be processed
 * @param sizeBytes of the record's value
 */
public record DeadLetter(
        Instant time, String experiment, String topic, int partition, long offset, String reason, int sizeBytes) {
    public static DeadLetter of(ConsumerRecord<byte[], byte[]> letter) {
        String reason = header(letter, Topic.DEAD_LETTER_REASON_HEADER);
        return new DeadLetter(
                Instant.ofEpochMilli(letter.timestamp()),
                header(letter, Topic.EXPERIMENT_HEADER),
                header(letter, Topic.DEAD_LETTER_TOPIC_HEADER),
                (int) number(header(letter, Topic.DEAD_LETTER_PARTITION_HEADER)),
                number(header(letter, Topic.DEAD_LETTER_OFFSET_HEADER)),
                reason == null ? "no reason given" : reason,
                size(letter));
    }

    /** The record it was before; several readers may have refused the same one. Null when the letter does not say. */
    @JsonIgnore
    public String origin() {
        return topic == null || offset < 0 ? null : origin(topic, partition, offset);
    }

    public static String origin(String topic, int partition, long offset) {
        return topic + "/" + partition + "/" + offset;
    }

    public static String header(ConsumerRecord<byte[], byte[]> kafkaRecord, String name) {
        Header header = kafkaRecord.headers().lastHeader(name);
        return header == null || header.value() == null ? null : new String(header.value(), StandardCharsets.UTF_8);
    }

    private static int size(ConsumerRecord<byte[], byte[]> letter) {
        long told = number(header(letter, Topic.DEAD_LETTER_SIZE_HEADER));
        if (told >= 0) {
            return (int) told;
        }
        return letter.value() == null ? 0 : letter.value().length;
    }

    private static long number(String text) {
        try {
            return text == null ? -1 : Long.parseLong(text);
        } catch (NumberFormatException e) {
            // a foreign letter may carry anything; it is shown without its origin
            return -1;
        }
    }
}
