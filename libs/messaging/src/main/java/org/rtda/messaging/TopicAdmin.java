package org.rtda.messaging;

import java.time.Duration;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AlterConfigOp;
import org.apache.kafka.clients.admin.Config;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.clients.admin.FinalizedVersionRange;
import org.apache.kafka.clients.admin.NewPartitions;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.Node;
import org.apache.kafka.common.config.ConfigException;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.errors.AuthorizationException;
import org.apache.kafka.common.errors.InvalidPartitionsException;
import org.apache.kafka.common.errors.RetriableException;
import org.apache.kafka.common.errors.TopicExistsException;
import org.jboss.logging.Logger;
import org.rtda.contracts.Topic;

/** Makes the broker's topics, and the share groups that work on them, what the contracts say. */
public final class TopicAdmin {
    private static final Logger LOG = Logger.getLogger(TopicAdmin.class);

    /** Of a broker: how often it gives a record of work to a worker before it drops it. */
    static final String DELIVERY_LIMIT = "group.share.delivery.count.limit";

    /**
     * How long a record belongs to a worker that is not heard of: the shortest that a broker allows unless it is told otherwise
     * (group.share.min.record.lock.duration.ms). One whose connection ends loses its records at once.
     */
    static final Duration LOCK = Duration.ofSeconds(15);

    private static final Map<String, String> GROUP_SETTINGS = Map.of(
            // what an overtaken trainer could not commit is nobody's work
            "share.isolation.level",
            "read_committed",
            "share.auto.offset.reset",
            "earliest",
            "share.record.lock.duration.ms",
            Long.toString(LOCK.toMillis()));

    private final Admin admin;
    private final long deadlineNanos;

    private TopicAdmin(Admin admin, Duration timeout) {
        this.admin = admin;
        this.deadlineNanos = System.nanoTime() + timeout.toNanos();
    }

    /**
     * Creates every {@link Topic} that is missing, with the replication that the broker has as its default, and adds
     * partitions where there are fewer than the contracts ask for. Never removes or changes anything else: more
     * partitions, or settings that an operator chose, stay. The share groups of those who work on a topic begin at its
     * beginning. Several services may call it at once. When it returns, the topics can be used.
     *
     * @param kafka settings of a Kafka client: bootstrap.servers and whatever the broker asks of those who connect
     * @param timeout for all of it; the broker is given up after it
     * @throws BrokerUnavailableException when the broker does not answer in time
     * @throws KafkaException when it answers and refuses (no permission, a replication that it cannot give), has no share groups, or drops
     *     records of work before workers have had them as often as they may
     */
    public static void ensure(Map<String, Object> kafka, Duration timeout) {
        ensure(
                kafka,
                timeout,
                Arrays.stream(Topic.values()).map(TopicPlan.Wanted::of).toList(),
                Topic.shareGroups());
    }

    /** As above, of a broker that asks nothing of those who connect: HOST:PORT, several separated by commas. */
    public static void ensure(String bootstrapServers, Duration timeout) {
        ensure(KafkaSettings.of(bootstrapServers), timeout);
    }

    static void ensure(
            String bootstrapServers, Duration timeout, List<TopicPlan.Wanted> wanted, List<String> shareGroups) {
        ensure(KafkaSettings.of(bootstrapServers), timeout, wanted, shareGroups);
    }

    private static void ensure(
            Map<String, Object> kafka, Duration timeout, List<TopicPlan.Wanted> wanted, List<String> shareGroups) {
        String bootstrapServers = KafkaSettings.address(kafka);
        try (Admin admin = connect(kafka, timeout)) {
            TopicAdmin topics = new TopicAdmin(admin, timeout);
            topics.requireShareGroups(bootstrapServers);
            topics.requireDeliveries(bootstrapServers);
            topics.ensure(wanted);
            topics.settleGroups(shareGroups);
        } catch (ExecutionException e) {
            if (e.getCause() instanceof RetriableException) {
                throw unavailable(bootstrapServers, timeout, e.getCause());
            }
            throw new KafkaException(
                    "the Kafka broker at " + bootstrapServers + " refused to prepare the topics: "
                            + e.getCause().getMessage(),
                    e.getCause());
        } catch (TimeoutException e) {
            throw unavailable(bootstrapServers, timeout, e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new BrokerUnavailableException("interrupted while asking the Kafka broker at " + bootstrapServers, e);
        }
    }

    private void requireShareGroups(String bootstrapServers)
            throws ExecutionException, InterruptedException, TimeoutException {
        int level = shareVersion();
        // what a broker tells lags behind what its controller has just switched on
        for (int looked = 1; level < 1 && looked < 10; looked++) {
            TimeUnit.MILLISECONDS.sleep(500);
            level = shareVersion();
        }
        requireShareGroups(bootstrapServers, level);
    }

    private int shareVersion() throws ExecutionException, InterruptedException, TimeoutException {
        FinalizedVersionRange level = await(admin.describeFeatures().featureMetadata())
                .finalizedFeatures()
                .get("share.version");
        return level == null ? 0 : level.maxVersionLevel();
    }

    /** Said at the start: a broker without them takes topics and records, and every worker would wait for work in vain. */
    static void requireShareGroups(String bootstrapServers, int shareVersion) {
        if (shareVersion < 1) {
            throw new KafkaException("the Kafka broker at " + bootstrapServers
                    + " has no share groups, from which work is taken (feature share.version must be at least 1, was "
                    + shareVersion
                    + "): it must be of version 4.2 or later and, where it has the features of an earlier one,"
                    + " be upgraded by kafka-features.sh upgrade --release-version 4.2");
        }
    }

    private void requireDeliveries(String bootstrapServers)
            throws ExecutionException, InterruptedException, TimeoutException {
        List<ConfigResource> brokers = await(admin.describeCluster().nodes()).stream()
                .map(Node::idString)
                .map(id -> new ConfigResource(ConfigResource.Type.BROKER, id))
                .toList();
        try {
            await(admin.describeConfigs(brokers).all())
                    .values()
                    .forEach(settings -> requireDeliveries(bootstrapServers, settings.get(DELIVERY_LIMIT)));
        } catch (ExecutionException e) {
            if (!(e.getCause() instanceof AuthorizationException)) {
                throw e;
            }
            LOG.debugf("%s is not looked at: this account may not read a broker's settings", DELIVERY_LIMIT);
        }
    }

    /**
     * Said at the start: a broker that allows fewer deliveries drops a record without a word, and whoever waits for it waits for ever.
     *
     * @param limit null where the broker does not name it
     */
    static void requireDeliveries(String bootstrapServers, ConfigEntry limit) {
        if (limit != null && Integer.parseInt(limit.value()) < Delivery.LIMIT) {
            throw new KafkaException("the Kafka broker at " + bootstrapServers + " has " + DELIVERY_LIMIT + "="
                    + limit.value() + ": it must be at least " + Delivery.LIMIT
                    + ", or the broker drops work that was stopped or killed so often, without a word");
        }
    }

    private void ensure(List<TopicPlan.Wanted> wanted)
            throws ExecutionException, InterruptedException, TimeoutException {
        // what the broker lists lags a moment behind what its controller has done, for us or for another service that
        // does the same at the same time: look and act until nothing is left to do
        TopicPlan plan = TopicPlan.of(wanted, partitions(wanted));
        while (!plan.isEmpty()) {
            create(plan.create());
            extend(plan.extend());
            TimeUnit.MILLISECONDS.sleep(50);
            plan = TopicPlan.of(wanted, partitions(wanted));
        }
    }

    /**
     * A group begins where a topic begins, so that what was asked for before its first worker came is not passed over. Looks before it
     * acts: where groups are as they should be, a service needs no permission to change them.
     */
    private void settleGroups(List<String> groups) throws ExecutionException, InterruptedException, TimeoutException {
        Map<ConfigResource, Config> present = await(admin.describeConfigs(groups.stream()
                        .map(group -> new ConfigResource(ConfigResource.Type.GROUP, group))
                        .toList())
                .all());
        Map<ConfigResource, Collection<AlterConfigOp>> asked = new HashMap<>();
        present.forEach((group, settings) -> {
            List<AlterConfigOp> missing = missing(settings);
            if (!missing.isEmpty()) {
                asked.put(group, missing);
            }
        });
        if (!asked.isEmpty()) {
            await(admin.incrementalAlterConfigs(asked).all());
        }
    }

    private static List<AlterConfigOp> missing(Config present) {
        return GROUP_SETTINGS.entrySet().stream()
                .filter(wanted -> present.get(wanted.getKey()) == null
                        || !wanted.getValue()
                                .equals(present.get(wanted.getKey()).value()))
                .map(wanted -> new AlterConfigOp(
                        new ConfigEntry(wanted.getKey(), wanted.getValue()), AlterConfigOp.OpType.SET))
                .toList();
    }

    private void create(List<TopicPlan.Wanted> topics)
            throws ExecutionException, InterruptedException, TimeoutException {
        List<NewTopic> asked = topics.stream()
                .map(topic -> new NewTopic(topic.name(), Optional.of(topic.partitions()), Optional.empty())
                        .configs(topic.settings()))
                .toList();
        awaitAll(admin.createTopics(asked).values(), TopicExistsException.class);
    }

    private void extend(List<TopicPlan.Wanted> topics)
            throws ExecutionException, InterruptedException, TimeoutException {
        Map<String, NewPartitions> asked = topics.stream()
                .collect(Collectors.toMap(
                        TopicPlan.Wanted::name, topic -> NewPartitions.increaseTo(topic.partitions())));
        awaitAll(admin.createPartitions(asked).values(), InvalidPartitionsException.class);
    }

    /** How many partitions each of the topics has, as far as the broker knows them. */
    private Map<String, Integer> partitions(List<TopicPlan.Wanted> topics)
            throws ExecutionException, InterruptedException, TimeoutException {
        Set<String> known = await(admin.listTopics().names());
        List<String> asked = topics.stream()
                .map(TopicPlan.Wanted::name)
                .filter(known::contains)
                .toList();
        Map<String, Integer> partitions = new HashMap<>();
        await(admin.describeTopics(asked).allTopicNames())
                .forEach(
                        (name, topic) -> partitions.put(name, topic.partitions().size()));
        return partitions;
    }

    private void awaitAll(Map<String, KafkaFuture<Void>> answers, Class<? extends KafkaException> harmless)
            throws ExecutionException, InterruptedException, TimeoutException {
        for (KafkaFuture<Void> answer : answers.values()) {
            try {
                await(answer);
            } catch (ExecutionException e) {
                if (!harmless.isInstance(e.getCause())) {
                    throw e;
                }
            }
        }
    }

    private <T> T await(KafkaFuture<T> answer) throws ExecutionException, InterruptedException, TimeoutException {
        return answer.get(Math.max(1, deadlineNanos - System.nanoTime()), TimeUnit.NANOSECONDS);
    }

    private static Admin connect(Map<String, Object> kafka, Duration timeout) {
        try {
            return Admin.create(KafkaSettings.patientAdmin(kafka, timeout));
        } catch (KafkaException e) {
            if (e.getCause() instanceof ConfigException) {
                throw new BrokerUnavailableException(
                        "\"" + KafkaSettings.address(kafka) + "\" does not name a Kafka broker: "
                                + e.getCause().getMessage() + " (kafka.bootstrap.servers)",
                        e);
            }
            throw e;
        }
    }

    private static BrokerUnavailableException unavailable(String bootstrapServers, Duration timeout, Throwable cause) {
        return new BrokerUnavailableException(
                "Kafka broker at " + bootstrapServers + " did not answer within " + timeout.toSeconds()
                        + " s: is it running? (kafka.bootstrap.servers)",
                cause);
    }
}
