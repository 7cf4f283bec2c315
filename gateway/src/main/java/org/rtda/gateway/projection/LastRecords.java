package org.rtda.gateway.projection;

import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.rtda.contracts.Topic;
import org.rtda.gateway.problem.ProblemException;

/**
 * Where the last record of each partition lies. The end of a transaction takes an offset, too, and no reader is ever given it, so
 * the last record may lie well before the end of its partition.
 */
public final class LastRecords {
    private static final int FIRST_LOOK = 2;
    private static final Duration POLL = Duration.ofMillis(200);

    private LastRecords() {}

    /**
     * @param kafka settings of a Kafka client
     * @return by partition; partitions without records are left out
     * @throws ProblemException 503 when the broker does not answer in time
     */
    public static Map<TopicPartition, Long> of(Map<String, Object> kafka, Collection<Topic> topics, Duration timeout) {
        long deadline = System.nanoTime() + timeout.toNanos();
        Map<String, Object> settings = new HashMap<>(kafka);
        settings.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false);
        // as the view reads
        settings.put(ConsumerConfig.ISOLATION_LEVEL_CONFIG, "read_committed");
        settings.put(ConsumerConfig.DEFAULT_API_TIMEOUT_MS_CONFIG, (int) timeout.toMillis());
        try (KafkaConsumer<byte[], byte[]> consumer =
                new KafkaConsumer<>(settings, new ByteArrayDeserializer(), new ByteArrayDeserializer())) {
            List<TopicPartition> partitions = topics.stream()
                    .flatMap(topic -> consumer.partitionsFor(topic.topicName()).stream())
                    .map(found -> new TopicPartition(found.topic(), found.partition()))
                    .toList();
            Map<TopicPartition, Long> starts = consumer.beginningOffsets(partitions);
            Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
            Map<TopicPartition, Long> last = new HashMap<>();
            Map<TopicPartition, Long> looked = partitions.stream()
                    .filter(partition -> ends.get(partition) > starts.get(partition))
                    .collect(Collectors.toMap(partition -> partition, ends::get));
            for (long back = FIRST_LOOK; !looked.isEmpty(); back *= 4) {
                look(consumer, looked, starts, ends, back, last, deadline);
                looked.keySet().removeIf(last::containsKey);
                looked.entrySet().removeIf(each -> each.getValue() <= starts.get(each.getKey()));
            }
            return last;
        } catch (KafkaException e) {
            throw ProblemException.unavailable("the broker did not answer: " + e.getMessage(), e);
        }
    }

    /** Reads so many offsets before what was looked at, and notes the last record of each partition that has one there. */
    private static void look(
            KafkaConsumer<byte[], byte[]> consumer,
            Map<TopicPartition, Long> looked,
            Map<TopicPartition, Long> starts,
            Map<TopicPartition, Long> ends,
            long back,
            Map<TopicPartition, Long> last,
            long deadline) {
        consumer.assign(looked.keySet());
        looked.replaceAll((partition, from) -> Math.max(starts.get(partition), from - back));
        looked.forEach(consumer::seek);
        while (looked.keySet().stream().anyMatch(partition -> consumer.position(partition) < ends.get(partition))) {
            if (System.nanoTime() > deadline) {
                throw new KafkaException("the last records could not be read in time");
            }
            for (ConsumerRecord<byte[], byte[]> found : consumer.poll(POLL)) {
                last.merge(new TopicPartition(found.topic(), found.partition()), found.offset(), Math::max);
            }
        }
    }
}
