package org.rtda.messaging;

import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.rtda.contracts.BatchRequest;
import org.rtda.contracts.EventCodec;
import org.rtda.contracts.Topic;
import org.rtda.contracts.dataset.Sha256;

/**
 * What a dead letter says of the record that it was. Every service may write letters, so one that is taken over can write false ones.
 * Whoever waits for a record must ask {@link #is}, and ignore the letter if it answers false.
 *
 * @param topic where the record was read; null where the letter does not say
 * @param key the record's
 * @param experimentId of the record
 * @param valueSha256 of the record's value; null where the record had no value, and in letters of earlier builds
 * @param reason why it could not be worked on
 */
public record RefusedRecord(String topic, String key, String experimentId, String valueSha256, String reason) {
    public static RefusedRecord of(ConsumerRecord<String, ?> letter) {
        return new RefusedRecord(
                EventRecords.headerOf(letter, Topic.DEAD_LETTER_TOPIC_HEADER),
                letter.key(),
                EventRecords.headerOf(letter, Topic.EXPERIMENT_HEADER),
                EventRecords.headerOf(letter, Topic.DEAD_LETTER_SHA256_HEADER),
                String.valueOf(EventRecords.headerOf(letter, Topic.DEAD_LETTER_REASON_HEADER)));
    }

    /**
     * Whether the record was this request. The request's id names experiment, attempt, step, view and shard, all of which can be guessed; only
     * somebody who may read the topic knows the sum of the request.
     *
     * @param sentTo where the request was published
     */
    public boolean is(Topic sentTo, BatchRequest request) {
        return sentTo.topicName().equals(topic)
                && request.id().equals(key)
                && request.experimentId().equals(experimentId)
                && Sha256.hex(EventCodec.write(request)).equals(valueSha256);
    }
}
