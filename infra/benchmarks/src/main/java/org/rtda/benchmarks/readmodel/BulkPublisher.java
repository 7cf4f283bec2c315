package org.rtda.benchmarks.readmodel;

import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;

/** Publishes many records fast: together, without waiting for each. */
public final class BulkPublisher implements AutoCloseable {
    private final KafkaProducer<String, byte[]> producer;
    private final AtomicLong published = new AtomicLong();
    private final AtomicReference<Exception> failure = new AtomicReference<>();

    public BulkPublisher(String bootstrapServers) {
        producer = new KafkaProducer<>(
                Map.of(
                        ProducerConfig.BOOTSTRAP_SERVERS_CONFIG,
                        bootstrapServers,
                        ProducerConfig.LINGER_MS_CONFIG,
                        20,
                        ProducerConfig.BATCH_SIZE_CONFIG,
                        256 << 10),
                new StringSerializer(),
                new ByteArraySerializer());
    }

    /** Returns once it is under way. */
    public void publish(ProducerRecord<String, byte[]> one) {
        producer.send(one, (where, failed) -> {
            if (failed == null) {
                published.incrementAndGet();
            } else {
                failure.compareAndSet(null, failed);
            }
        });
    }

    /**
     * Waits until the broker has all.
     *
     * @return how many it has
     * @throws IllegalStateException when it refused one
     */
    public long flush() {
        producer.flush();
        if (failure.get() != null) {
            throw new IllegalStateException("the broker did not take a record", failure.get());
        }
        return published.get();
    }

    @Override
    public void close() {
        producer.close();
    }
}
