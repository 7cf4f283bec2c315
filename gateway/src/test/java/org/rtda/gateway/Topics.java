package org.rtda.gateway;

import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.rtda.contracts.EventCodec;
import org.rtda.contracts.Topic;
import org.rtda.contracts.check.Event;
import org.rtda.gateway.view.DeadLetter;

/** Sends to a real broker what the other services would. */
public final class Topics implements AutoCloseable {
    private final KafkaProducer<byte[], byte[]> producer;

    public Topics(String bootstrapServers) {
        producer = new KafkaProducer<>(
                Map.of("bootstrap.servers", bootstrapServers), new ByteArraySerializer(), new ByteArraySerializer());
    }

    public void send(Topic topic, Event... events) {
        for (Event event : events) {
            send(topic, event.experimentId(), EventCodec.write(event));
        }
    }

    /** Without waiting; {@link #flush} does. */
    public void sendLater(Topic topic, Event event) {
        producer.send(outgoing(topic, event.experimentId(), EventCodec.write(event)));
    }

    public void flush() {
        producer.flush();
    }

    /** @return where it lies: TOPIC/PARTITION/OFFSET */
    String send(Topic topic, String experiment, byte[] value) {
        try {
            RecordMetadata where =
                    producer.send(outgoing(topic, experiment, value)).get();
            return DeadLetter.origin(where.topic(), where.partition(), where.offset());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        } catch (ExecutionException e) {
            throw new IllegalStateException(e.getCause());
        }
    }

    private static ProducerRecord<byte[], byte[]> outgoing(Topic topic, String experiment, byte[] value) {
        ProducerRecord<byte[], byte[]> outgoing = new ProducerRecord<>(topic.topicName(), bytes(experiment), value);
        outgoing.headers().add(Topic.EXPERIMENT_HEADER, bytes(experiment));
        return outgoing;
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    @Override
    public void close() {
        producer.close();
    }
}
