package org.rtda.system;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.rtda.contracts.EventCodec;
import org.rtda.contracts.Topic;
import org.rtda.contracts.check.Event;

/** Reads a topic from its beginning on a thread of its own, so that when an event came is known whatever the test does. */
final class Subscriber<T extends Event> implements AutoCloseable {
    private final List<Arrival<T>> arrivals = new CopyOnWriteArrayList<>();
    private final Thread thread;
    private volatile boolean closed;

    /** @param nanos {@link System#nanoTime} when it was read */
    record Arrival<T>(T event, long nanos) {}

    Subscriber(Map<String, Object> kafka, Topic topic, Class<T> type) {
        KafkaConsumer<String, byte[]> consumer =
                new KafkaConsumer<>(kafka, new StringDeserializer(), new ByteArrayDeserializer());
        List<TopicPartition> partitions = consumer.partitionsFor(topic.topicName()).stream()
                .map(partition -> new TopicPartition(partition.topic(), partition.partition()))
                .toList();
        consumer.assign(partitions);
        consumer.seekToBeginning(partitions);
        thread = new Thread(
                () -> {
                    try (consumer) {
                        while (!closed) {
                            consumer.poll(Duration.ofMillis(100))
                                    .forEach(record -> arrivals.add(
                                            new Arrival<>(EventCodec.read(record.value(), type), System.nanoTime())));
                        }
                    }
                },
                "subscriber-" + topic.topicName());
        thread.start();
    }

    /** Of one experiment, so far, as they came. */
    List<Arrival<T>> arrivals(String experimentId) {
        return arrivals.stream()
                .filter(arrival -> arrival.event().experimentId().equals(experimentId))
                .toList();
    }

    List<T> events(String experimentId) {
        return arrivals(experimentId).stream().map(Arrival::event).toList();
    }

    @Override
    public void close() {
        closed = true;
        try {
            thread.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
