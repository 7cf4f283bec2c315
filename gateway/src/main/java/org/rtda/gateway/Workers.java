package org.rtda.gateway;

import java.time.Duration;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ConsumerGroupDescription;
import org.apache.kafka.clients.admin.GroupListing;
import org.apache.kafka.clients.admin.ListConsumerGroupOffsetsSpec;
import org.apache.kafka.clients.admin.ListGroupsOptions;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.TopicPartition;
import org.rtda.contracts.Topic;

/** What the broker knows: who works on which topic and how much waits, and where topics end. Safe for several threads. */
final class Workers {
    /** Consumer groups of gateways, which follow and do no work. */
    static final String VIEW_GROUP_PREFIX = "gateway-view-";

    private final Admin admin;
    private final String address;
    private final Duration timeout;

    Workers(Admin admin, String address, Duration timeout) {
        this.admin = admin;
        this.address = address;
        this.timeout = timeout;
    }

    /** Sorted by topic and group. @throws ProblemException 503 when the broker does not answer */
    List<WorkerGroup> groups() {
        List<String> names = wait(
                        timeout,
                        admin.listGroups(ListGroupsOptions.forConsumerGroups()).all())
                .stream()
                .map(GroupListing::groupId)
                .filter(group -> !group.startsWith(VIEW_GROUP_PREFIX))
                .toList();
        if (names.isEmpty()) {
            return List.of();
        }
        Map<String, ConsumerGroupDescription> groups =
                wait(timeout, admin.describeConsumerGroups(names).all());
        Map<String, Map<TopicPartition, OffsetAndMetadata>> committed = wait(
                timeout,
                admin.listConsumerGroupOffsets(names.stream()
                                .collect(Collectors.toMap(g -> g, g -> new ListConsumerGroupOffsetsSpec())))
                        .all());
        Map<String, List<TopicPartition>> partitions = partitions(timeout, List.of(Topic.values()));
        // only where somebody has committed anything is there a lag; most of what there is to ask is not
        List<TopicPartition> worked = committed.values().stream()
                .flatMap(offsets -> offsets.keySet().stream())
                .map(TopicPartition::topic)
                .distinct()
                .flatMap(topic -> partitions.getOrDefault(topic, List.of()).stream())
                .toList();
        Map<TopicPartition, Long> ends = offsets(timeout, worked, OffsetSpec.latest());
        Map<TopicPartition, Long> starts = offsets(timeout, worked, OffsetSpec.earliest());
        return names.stream()
                .flatMap(name ->
                        ofGroup(groups.get(name), committed.getOrDefault(name, Map.of()), partitions, starts, ends)
                                .stream())
                .sorted(Comparator.comparing(WorkerGroup::topic).thenComparing(WorkerGroup::group))
                .toList();
    }

    private static List<WorkerGroup> ofGroup(
            ConsumerGroupDescription group,
            Map<TopicPartition, OffsetAndMetadata> committed,
            Map<String, List<TopicPartition>> partitions,
            Map<TopicPartition, Long> starts,
            Map<TopicPartition, Long> ends) {
        Map<String, Set<String>> members = new HashMap<>();
        group.members()
                .forEach(member -> member.assignment().topicPartitions().forEach(partition -> members.computeIfAbsent(
                                partition.topic(), any -> new HashSet<>())
                        .add(member.consumerId())));
        Map<String, Long> lags = new TreeMap<>();
        Set<String> topics = new HashSet<>(members.keySet());
        committed.forEach((partition, offset) -> {
            if (offset != null) {
                topics.add(partition.topic());
                lags.put(partition.topic(), 0L);
            }
        });
        ends.forEach((partition, end) -> lags.computeIfPresent(partition.topic(), (topic, lag) -> {
            OffsetAndMetadata done = committed.get(partition);
            long from = done == null ? starts.getOrDefault(partition, 0L) : done.offset();
            return lag + Math.max(0, end - from);
        }));
        return topics.stream()
                .filter(partitions::containsKey)
                .map(topic -> new WorkerGroup(
                        group.groupId(),
                        topic,
                        members.getOrDefault(topic, Set.of()).size(),
                        lags.get(topic),
                        partitions.get(topic).size()))
                .toList();
    }

    /** The offset of the last record of each partition that has records. @throws ProblemException 503 */
    Map<TopicPartition, Long> lastOffsets(Collection<Topic> topics, Duration timeout) {
        List<TopicPartition> partitions = partitions(timeout, topics).values().stream()
                .flatMap(List::stream)
                .toList();
        Map<TopicPartition, Long> starts = offsets(timeout, partitions, OffsetSpec.earliest());
        Map<TopicPartition, Long> last = new HashMap<>();
        offsets(timeout, partitions, OffsetSpec.latest()).forEach((partition, end) -> {
            if (end > starts.get(partition)) {
                last.put(partition, end - 1);
            }
        });
        return last;
    }

    /** How many brokers answer. @throws ProblemException 503 when none does */
    int brokers(Duration patience) {
        return wait(patience, admin.describeCluster().nodes()).size();
    }

    private Map<String, List<TopicPartition>> partitions(Duration timeout, Collection<Topic> topics) {
        Map<String, List<TopicPartition>> partitions = new HashMap<>();
        wait(
                        timeout,
                        admin.describeTopics(
                                        topics.stream().map(Topic::topicName).toList())
                                .allTopicNames())
                .forEach((name, topic) -> partitions.put(
                        name,
                        topic.partitions().stream()
                                .map(p -> new TopicPartition(name, p.partition()))
                                .toList()));
        return partitions;
    }

    private Map<TopicPartition, Long> offsets(Duration timeout, List<TopicPartition> partitions, OffsetSpec spec) {
        Map<TopicPartition, OffsetSpec> wanted = new HashMap<>();
        partitions.forEach(partition -> wanted.put(partition, spec));
        Map<TopicPartition, Long> offsets = new HashMap<>();
        wait(timeout, admin.listOffsets(wanted).all())
                .forEach((partition, found) -> offsets.put(partition, found.offset()));
        return offsets;
    }

    private <T> T wait(Duration timeout, KafkaFuture<T> answer) {
        try {
            return answer.get(timeout.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw ProblemException.unavailable("interrupted while waiting for the broker", e);
        } catch (TimeoutException e) {
            throw ProblemException.unavailable(
                    "the broker at " + address + " did not answer within " + timeout.toMillis() + " ms", e);
        } catch (ExecutionException e) {
            throw ProblemException.unavailable(
                    "the broker at " + address + " did not answer: "
                            + e.getCause().getMessage(),
                    e);
        }
    }
}
