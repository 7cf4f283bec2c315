package org.rtda.gateway.projection;

import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.rtda.gateway.problem.ProblemException;

/** Publishes dead letters of records that the projection cannot read. */
@FunctionalInterface
public interface DeadLetterSender {
    /**
     * Returns once the broker has the letter.
     *
     * @throws ProblemException 503 when the broker does not take it
     */
    void send(ConsumerRecord<byte[], byte[]> refused, String reason);
}
