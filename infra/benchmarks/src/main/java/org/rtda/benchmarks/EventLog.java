package org.rtda.benchmarks;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ExecutionException;
import java.util.function.Predicate;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.rtda.contracts.EventCodec;
import org.rtda.contracts.Topic;

/** Reads one topic from its beginning and can write to any, as an outside subscriber could. */
public final class EventLog implements AutoCloseable {
    private final KafkaConsumer<String, byte[]> consumer;
    private final KafkaProducer<String, byte[]> producer;
    private final Queue<ConsumerRecord<String, byte[]>> unread = new ArrayDeque<>();

    public EventLog(String bootstrapServers, Topic topic) {
        consumer = new KafkaConsumer<>(
                Map.of("bootstrap.servers", bootstrapServers), new StringDeserializer(), new ByteArrayDeserializer());
        List<TopicPartition> partitions = consumer.partitionsFor(topic.topicName()).stream()
                .map(partition -> new TopicPartition(partition.topic(), partition.partition()))
                .toList();
        consumer.assign(partitions);
        consumer.seekToBeginning(partitions);
        producer = new KafkaProducer<>(
                Map.of("bootstrap.servers", bootstrapServers), new StringSerializer(), new ByteArraySerializer());
    }

    /** Returns when the broker has it. */
    public void send(ProducerRecord<String, byte[]> record) {
        try {
            producer.send(record).get();
        } catch (InterruptedException | ExecutionException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Reads on until an event passes; all those of its type that came before are forgotten. */
    public <T> T await(Class<T> type, Duration patience, Predicate<T> wanted) {
        return EventCodec.read(
                awaitRecord(patience, record -> wanted.test(EventCodec.read(record.value(), type)))
                        .value(),
                type);
    }

    /**
     * All that the topic holds at this moment and was not read yet, by partition in the order of its offsets.
     *
     * @throws AssertionError when it cannot be read in time
     */
    public <T> List<T> readToTheEnd(Class<T> type, Duration patience) {
        long end = System.nanoTime() + patience.toNanos();
        Map<TopicPartition, Long> ends = consumer.endOffsets(consumer.assignment());
        List<T> read = new ArrayList<>();
        while (true) {
            while (!unread.isEmpty()) {
                read.add(EventCodec.read(unread.remove().value(), type));
            }
            if (ends.entrySet().stream().allMatch(each -> consumer.position(each.getKey()) >= each.getValue())) {
                return read;
            }
            if (System.nanoTime() > end) {
                throw new AssertionError("the topic was not read to its end within " + patience);
            }
            consumer.poll(Duration.ofMillis(200)).forEach(unread::add);
        }
    }

    /** @throws AssertionError when nothing that is wanted comes in time; names the keys that came */
    public ConsumerRecord<String, byte[]> awaitRecord(
            Duration patience, Predicate<ConsumerRecord<String, byte[]>> wanted) {
        long end = System.nanoTime() + patience.toNanos();
        List<String> seen = new ArrayList<>();
        while (System.nanoTime() < end) {
            while (!unread.isEmpty()) {
                ConsumerRecord<String, byte[]> record = unread.remove();
                if (wanted.test(record)) {
                    return record;
                }
                seen.add(record.key());
            }
            consumer.poll(Duration.ofMillis(200)).forEach(unread::add);
        }
        throw new AssertionError("nothing wanted came within " + patience + "; seen: " + seen);
    }

    @Override
    public void close() {
        consumer.close();
        producer.close();
    }
}
