package org.rtda.messaging;

import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;

/**
 * Publishes records that count: idempotent, acknowledged by all replicas in sync, and tried again for as long as the broker is
 * away. Safe for use by several threads.
 */
public final class Publisher implements AutoCloseable {
    private final Producer<String, byte[]> producer;

    /** @param kafka settings of a Kafka client: bootstrap.servers and whatever the broker asks of those who connect */
    public Publisher(Map<String, Object> kafka) {
        this.producer = new KafkaProducer<>(settings(kafka), new StringSerializer(), new ByteArraySerializer());
    }

    /** Of a producer that never gives up and never publishes twice. */
    public static Map<String, Object> settings(Map<String, Object> kafka) {
        Map<String, Object> settings = new HashMap<>(kafka);
        settings.put(ProducerConfig.ACKS_CONFIG, "all");
        settings.put(ProducerConfig.ENABLE_IDEMPOTENCE_CONFIG, true);
        settings.put(ProducerConfig.DELIVERY_TIMEOUT_MS_CONFIG, Integer.MAX_VALUE);
        settings.put(ProducerConfig.MAX_BLOCK_MS_CONFIG, Long.MAX_VALUE);
        settings.put(ProducerConfig.MAX_REQUEST_SIZE_CONFIG, 2 << 20);
        // somebody waits for each: no waiting for more records to send along (Kafka's default is 5 ms)
        settings.put(ProducerConfig.LINGER_MS_CONFIG, 0);
        return settings;
    }

    /** Ends when all replicas in sync have the record; exceptionally when the broker refuses it for good. */
    public CompletableFuture<RecordMetadata> publish(ProducerRecord<String, byte[]> published) {
        CompletableFuture<RecordMetadata> done = new CompletableFuture<>();
        try {
            producer.send(published, (where, failure) -> end(done, where, failure));
        } catch (RuntimeException e) {
            end(done, null, e);
        }
        return done;
    }

    private static void end(CompletableFuture<RecordMetadata> done, RecordMetadata where, Exception failure) {
        if (failure == null) {
            done.complete(where);
        } else {
            done.completeExceptionally(failure);
        }
    }

    /**
     * Publishes and waits for as long as it takes.
     *
     * @throws KafkaException when the broker refuses the record for good, or this publisher is closed
     */
    public RecordMetadata publishAndWait(ProducerRecord<String, byte[]> published) throws InterruptedException {
        try {
            return publish(published).get();
        } catch (ExecutionException e) {
            throw e.getCause() instanceof KafkaException refused ? refused : new KafkaException(e.getCause());
        }
    }

    /** Records that wait are given up: what they are about has not been acknowledged and is done again. */
    @Override
    public void close() {
        producer.close(Duration.ofSeconds(2));
    }
}
