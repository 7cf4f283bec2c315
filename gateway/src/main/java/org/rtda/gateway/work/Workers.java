package org.rtda.gateway.work;

import java.time.Duration;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ConsumerGroupDescription;
import org.apache.kafka.clients.admin.GroupListing;
import org.apache.kafka.clients.admin.ListConsumerGroupOffsetsSpec;
import org.apache.kafka.clients.admin.ListGroupsOptions;
import org.apache.kafka.clients.admin.ListShareGroupOffsetsSpec;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.admin.ShareGroupDescription;
import org.apache.kafka.clients.admin.SharePartitionOffsetInfo;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.TopicPartition;
import org.rtda.contracts.Topic;
import org.rtda.gateway.problem.ProblemException;

/**
 * What the broker knows about work: who works on which topic, how many records wait, and where topics end. Safe for
 * several threads.
 */
public final class Workers {
    private final Admin admin;
    private final String address;
    private final Duration timeout;

    public Workers(Admin admin, String address, Duration timeout) {
        this.admin = admin;
        this.address = address;
        this.timeout = timeout;
    }

    /** Sorted by topic and group. @throws ProblemException 503 when the broker does not answer */
    public List<WorkerGroup> groups() {
        List<String> consumers = listed(ListGroupsOptions.forConsumerGroups());
        List<String> sharers = listed(ListGroupsOptions.forShareGroups());
        Map<String, ConsumerGroupDescription> consumerGroups =
                wait(timeout, admin.describeConsumerGroups(consumers).all());
        Map<String, ShareGroupDescription> shareGroups =
                wait(timeout, admin.describeShareGroups(sharers).all());
        Map<String, Map<TopicPartition, OffsetAndMetadata>> committed = consumers.isEmpty()
                ? Map.of()
                : wait(
                        timeout,
                        admin.listConsumerGroupOffsets(consumers.stream()
                                        .collect(Collectors.toMap(g -> g, g -> new ListConsumerGroupOffsetsSpec())))
                                .all());
        Map<String, Map<TopicPartition, SharePartitionOffsetInfo>> progress = sharers.isEmpty()
                ? Map.of()
                : wait(
                        timeout,
                        admin.listShareGroupOffsets(sharers.stream()
                                        .collect(Collectors.toMap(g -> g, g -> new ListShareGroupOffsetsSpec())))
                                .all());
        TopicOffsets offsets = offsets();
        Stream<WorkerGroup> ofConsumers = consumers.stream().flatMap(group -> new ConsumerGroupWork(
                        consumerGroups.get(group), committed.getOrDefault(group, Map.of()), offsets)
                .topics().stream());
        // a group that never had a member is unknown to the broker, and its work waits all the same
        Stream<WorkerGroup> ofSharers = Stream.concat(sharers.stream(), ShareGroupWork.expected().stream())
                .distinct()
                .flatMap(group -> new ShareGroupWork(
                                group,
                                shareGroups.containsKey(group)
                                        ? shareGroups.get(group).members()
                                        : List.of(),
                                progress.getOrDefault(group, Map.of()),
                                offsets)
                        .topics().stream());
        return Stream.concat(ofConsumers, ofSharers)
                .sorted(Comparator.comparing(WorkerGroup::topic).thenComparing(WorkerGroup::group))
                .toList();
    }

    /** The workers of one topic, and what they have not done. @throws ProblemException 503 when the broker does not answer */
    public WorkerGroup of(Topic topic) {
        return groups().stream()
                .filter(group ->
                        group.group().equals(topic.workers()) && group.topic().equals(topic.topicName()))
                .findFirst()
                .orElseThrow();
    }

    private List<String> listed(ListGroupsOptions kind) {
        return wait(timeout, admin.listGroups(kind).all()).stream()
                .map(GroupListing::groupId)
                .toList();
    }

    private TopicOffsets offsets() {
        List<TopicPartition> partitions = partitions(timeout, List.of(Topic.values())).values().stream()
                .flatMap(List::stream)
                .toList();
        // the ends last: no group is then ahead of them
        Map<TopicPartition, Long> starts = offsets(timeout, partitions, OffsetSpec.earliest());
        return new TopicOffsets(starts, offsets(timeout, partitions, OffsetSpec.latest()));
    }

    /** How many brokers answer. @throws ProblemException 503 when none does */
    public int brokers(Duration patience) {
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
