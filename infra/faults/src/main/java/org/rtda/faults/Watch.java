package org.rtda.faults;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.function.BooleanSupplier;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.rtda.contracts.EventCodec;
import org.rtda.contracts.Topic;

/**
 * Reads all topics from their beginning, on a thread of its own and without the proxies, so that it knows when each
 * record came whatever happens meanwhile. Records are taken as JSON: a watcher must not stop at one that does not
 * parse.
 */
final class Watch implements AutoCloseable {
    private static final List<Topic> TOPICS = List.of(
            Topic.EXPERIMENTS,
            Topic.EXPERIMENT_STATUS,
            Topic.TRAINING_METRICS,
            Topic.CHECKPOINTS,
            Topic.ROBUSTNESS_METRICS,
            Topic.DEAD_LETTERS);

    private final List<Seen> seen = new ArrayList<>();
    private final Thread thread;
    private volatile boolean closed;

    /**
     * A record.
     *
     * @param key empty where it has none
     * @param document missing where the value is no JSON document
     * @param nanos {@link System#nanoTime} when it was read
     */
    record Seen(Topic topic, String key, JsonNode document, long nanos) {
        String experimentId() {
            return document.path("experimentId").asText();
        }

        /** A sign that work goes on. */
        boolean isWork() {
            return topic == Topic.TRAINING_METRICS || topic == Topic.ROBUSTNESS_METRICS || topic == Topic.CHECKPOINTS;
        }
    }

    Watch(String bootstrapServers) {
        KafkaConsumer<String, byte[]> consumer = new KafkaConsumer<>(
                Map.of("bootstrap.servers", bootstrapServers), new StringDeserializer(), new ByteArrayDeserializer());
        List<TopicPartition> partitions = TOPICS.stream()
                .flatMap(topic -> consumer.partitionsFor(topic.topicName()).stream())
                .map(partition -> new TopicPartition(partition.topic(), partition.partition()))
                .toList();
        consumer.assign(partitions);
        consumer.seekToBeginning(partitions);
        thread = new Thread(() -> follow(consumer), "watch");
        thread.setDaemon(true);
        thread.start();
    }

    /** What was seen of these experiments so far, in the order in which it came; within a partition, the topic's. */
    synchronized List<Seen> of(Collection<String> experimentIds) {
        return seen.stream()
                .filter(each -> experimentIds.contains(each.experimentId()))
                .toList();
    }

    /** What was seen on a topic so far, whosever it is. */
    synchronized List<Seen> on(Topic topic) {
        return seen.stream().filter(each -> each.topic() == topic).toList();
    }

    /** Looks whenever something has come, and once a second. @return whether it came true in time */
    boolean await(BooleanSupplier wanted, Duration limit) {
        long end = System.nanoTime() + limit.toNanos();
        while (!wanted.getAsBoolean()) {
            if (System.nanoTime() > end) {
                return false;
            }
            awaitMore();
        }
        return true;
    }

    private synchronized void awaitMore() {
        try {
            wait(1000);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted", e);
        }
    }

    /** Forgets what is of no use any more. */
    synchronized void forget() {
        seen.clear();
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

    private void follow(KafkaConsumer<String, byte[]> consumer) {
        try (consumer) {
            while (!closed) {
                List<Seen> news = new ArrayList<>();
                for (ConsumerRecord<String, byte[]> record : consumer.poll(Duration.ofMillis(200))) {
                    news.add(new Seen(
                            topic(record.topic()),
                            record.key() == null ? "" : record.key(),
                            document(record.value()),
                            System.nanoTime()));
                }
                if (!news.isEmpty()) {
                    tell(news);
                }
            }
        }
    }

    private synchronized void tell(List<Seen> news) {
        seen.addAll(news);
        notifyAll();
    }

    private static Topic topic(String name) {
        return TOPICS.stream()
                .filter(topic -> topic.topicName().equals(name))
                .findFirst()
                .orElseThrow();
    }

    private static JsonNode document(byte[] value) {
        if (value == null) {
            return MissingNode.getInstance();
        }
        try {
            return EventCodec.mapper().readTree(value);
        } catch (IOException e) {
            // not JSON: there are faults that send such records
            return MissingNode.getInstance();
        }
    }
}
