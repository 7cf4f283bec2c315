package org.rtda.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AlterConfigOp;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.consumer.KafkaShareConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.acl.AclBindingFilter;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.errors.AuthorizationException;
import org.apache.kafka.common.errors.SaslAuthenticationException;
import org.apache.kafka.common.errors.SslAuthenticationException;
import org.apache.kafka.common.errors.TransactionalIdAuthorizationException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.rtda.contracts.Topic;
import org.rtda.messaging.TopicAdmin;
import org.rtda.testkit.LocalStack;

/**
 * A real broker with TLS, SCRAM-SHA-512 and its standard authorizer: what the description allows works, and everything else is refused, for
 * each account and topic, group and kind of change.
 */
@EnabledIfSystemProperty(named = "rtda.long", matches = "true", disabledReason = "takes minutes: -Drtda.long=true")
class BrokerAccessIT {
    private static final Accounts ACCOUNTS = Accounts.described();
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private static final Map<String, String> PASSWORDS =
            ACCOUNTS.names().stream().collect(Collectors.toMap(account -> account, account -> "of-" + account));

    private static LocalStack stack;

    @BeforeAll
    static void setUp() throws Exception {
        stack = LocalStack.startSecured();
        Map<String, Object> administrator = Map.of("bootstrap.servers", stack.bootstrapServers());
        TopicAdmin.ensure(administrator, PATIENCE);
        try (Admin admin = Admin.create(administrator)) {
            new BrokerAccess(ACCOUNTS).apply(admin, PASSWORDS);
        }
        try (KafkaProducer<byte[], byte[]> producer = producer(administrator)) {
            for (Topic topic : Topic.values()) {
                producer.send(anyRecord(topic)).get();
            }
        }
    }

    @AfterAll
    static void stop() {
        stack.close();
    }

    static List<String> accounts() {
        return ACCOUNTS.names();
    }

    static List<String> services() {
        return ACCOUNTS.ofStore();
    }

    private static Map<String, Object> settings(String account) {
        return stack.secured().settings(account, PASSWORDS.get(account));
    }

    /** With a key, since a topic that keeps each key's last record takes no other. */
    private static ProducerRecord<byte[], byte[]> anyRecord(Topic topic) {
        return new ProducerRecord<>(topic.topicName(), 0, new byte[1], new byte[1]);
    }

    private static KafkaProducer<byte[], byte[]> producer(Map<String, Object> kafka) {
        return new KafkaProducer<>(kafka, new ByteArraySerializer(), new ByteArraySerializer());
    }

    @ParameterizedTest
    @MethodSource("accounts")
    void anAccountReadsItsTopicsAndNoOther(String account) {
        for (Topic topic : Topic.values()) {
            try (KafkaConsumer<byte[], byte[]> consumer =
                    new KafkaConsumer<>(settings(account), new ByteArrayDeserializer(), new ByteArrayDeserializer())) {
                TopicPartition partition = new TopicPartition(topic.topicName(), 0);
                consumer.assign(List.of(partition));
                consumer.seekToBeginning(List.of(partition));
                if (ACCOUNTS.allows(account, Resource.TOPIC, Privilege.READ, topic.topicName())) {
                    assertThat(consumer.poll(PATIENCE)).as(topic.topicName()).isNotEmpty();
                } else {
                    assertThatThrownBy(() -> consumer.poll(PATIENCE))
                            .as(topic.topicName())
                            .isInstanceOf(AuthorizationException.class);
                }
            }
        }
    }

    @ParameterizedTest
    @MethodSource("accounts")
    void anAccountWritesItsTopicsAndNoOther(String account) {
        try (KafkaProducer<byte[], byte[]> producer = producer(settings(account))) {
            for (Topic topic : Topic.values()) {
                if (ACCOUNTS.allows(account, Resource.TOPIC, Privilege.WRITE, topic.topicName())) {
                    assertThatCode(() -> producer.send(anyRecord(topic)).get())
                            .as(topic.topicName())
                            .doesNotThrowAnyException();
                } else {
                    assertRefused(topic.topicName(), () -> producer.send(anyRecord(topic))
                            .get());
                }
            }
        }
    }

    /** A new member waits for its group for seconds, so these wait beside one another. */
    @ParameterizedTest
    @MethodSource("accounts")
    void anAccountTakesWorkFromItsGroupsAndNoOther(String account) throws Exception {
        ExecutorService beside = Executors.newCachedThreadPool();
        try {
            List<Future<?>> groups = new ArrayList<>();
            groups().forEach((group, topic) -> groups.add(beside.submit(() -> takesWork(account, group, topic))));
            for (Future<?> group : groups) {
                group.get();
            }
        } finally {
            beside.shutdownNow();
        }
    }

    private static void takesWork(String account, String group, Topic topic) {
        Map<String, Object> worker = new HashMap<>(settings(account));
        worker.put("group.id", group);
        try (KafkaShareConsumer<byte[], byte[]> consumer =
                new KafkaShareConsumer<>(worker, new ByteArrayDeserializer(), new ByteArrayDeserializer())) {
            consumer.subscribe(List.of(topic.topicName()));
            if (ACCOUNTS.allows(account, Resource.GROUP, Privilege.READ, group)) {
                assertThat(consumer.poll(PATIENCE)).as(group).isNotEmpty();
            } else {
                assertThatThrownBy(() -> consumer.poll(PATIENCE)).as(group).isInstanceOf(AuthorizationException.class);
            }
        }
    }

    private static Map<String, Topic> groups() {
        Map<String, Topic> groups = new HashMap<>();
        Arrays.stream(Topic.values()).filter(Topic::isWork).forEach(topic -> groups.put(topic.workers(), topic));
        groups.put(Topic.CANCELLERS, Topic.EXPERIMENTS);
        groups.put(Topic.EVALUATION_CANCELLERS, Topic.EXPERIMENTS);
        groups.put(Topic.COMPLETERS, Topic.ROBUSTNESS_METRICS);
        assertThat(groups.keySet()).containsExactlyInAnyOrderElementsOf(Topic.shareGroups());
        return groups;
    }

    @ParameterizedTest
    @MethodSource("accounts")
    void onlyTrainersOwnExperiments(String account) {
        for (String id : List.of("rtda-experiment-e1", "another")) {
            Map<String, Object> transactional = new HashMap<>(settings(account));
            transactional.put("transactional.id", id);
            try (KafkaProducer<byte[], byte[]> producer = producer(transactional)) {
                if (ACCOUNTS.allows(account, Resource.TRANSACTIONS, Privilege.WRITE, id)) {
                    producer.initTransactions();
                } else {
                    assertThatThrownBy(producer::initTransactions)
                            .as(id)
                            .isInstanceOf(TransactionalIdAuthorizationException.class);
                }
            }
        }
        assertThat(ACCOUNTS.allows("trainer-service", Resource.TRANSACTIONS, Privilege.WRITE, "rtda-experiment-e1"))
                .isTrue();
    }

    @ParameterizedTest
    @MethodSource("accounts")
    void noAccountChangesTopicsGroupsUsersOrRules(String account) {
        try (Admin admin = Admin.create(settings(account))) {
            assertRefused(
                    "a new topic",
                    admin.createTopics(List.of(new NewTopic("own", Optional.of(1), Optional.empty())))
                            .all());
            assertRefused(
                    "a topic's end",
                    admin.deleteTopics(List.of(Topic.CHECKPOINTS.topicName())).all());
            assertRefused(
                    "a topic's settings",
                    admin.incrementalAlterConfigs(Map.of(
                                    new ConfigResource(ConfigResource.Type.TOPIC, Topic.CHECKPOINTS.topicName()),
                                    List.of(new AlterConfigOp(
                                            new ConfigEntry("retention.ms", "1"), AlterConfigOp.OpType.SET))))
                            .all());
            assertRefused(
                    "a group's settings",
                    admin.incrementalAlterConfigs(Map.of(
                                    new ConfigResource(ConfigResource.Type.GROUP, Topic.CHECKPOINTS.workers()),
                                    List.of(new AlterConfigOp(
                                            new ConfigEntry("share.auto.offset.reset", "latest"),
                                            AlterConfigOp.OpType.SET))))
                            .all());
            assertRefused("rules", admin.describeAcls(AclBindingFilter.ANY).values());
            assertRefused("users", admin.describeUserScramCredentials().all());
        }
    }

    /** As each of them does when it starts: it finds everything as it should be. */
    @ParameterizedTest
    @MethodSource("services")
    void aServiceFindsTopicsAndGroupsPrepared(String account) {
        assertThatCode(() -> TopicAdmin.ensure(settings(account), PATIENCE)).doesNotThrowAnyException();
    }

    @Test
    void aWrongPasswordIsRefusedAndSoIsACertificateThatNobodyTrusts() {
        assertThatThrownBy(() -> TopicAdmin.ensure(stack.secured().settings("gateway", "wrong"), PATIENCE))
                .hasRootCauseInstanceOf(SaslAuthenticationException.class);
        Map<String, Object> trustless = new HashMap<>(settings("gateway"));
        trustless.remove("ssl.truststore.location");
        trustless.remove("ssl.truststore.type");
        assertThatThrownBy(() -> TopicAdmin.ensure(trustless, PATIENCE))
                .hasStackTraceContaining(SslAuthenticationException.class.getName());
    }

    /** Twice is once; and a right that the description loses is taken away, while other users keep theirs. */
    @Test
    void rightsFollowTheDescription() throws Exception {
        try (LocalStack own = LocalStack.startSecured();
                Admin admin = Admin.create(Map.of("bootstrap.servers", own.bootstrapServers()))) {
            BrokerAccess before = new BrokerAccess(Accounts.parse("a topic read one two\nb topic write one"));
            BrokerAccess others = new BrokerAccess(Accounts.parse("c topic read one"));
            BrokerAccess after = new BrokerAccess(Accounts.parse("a topic read two three\nb topic write one"));
            Map<String, String> passwords = Map.of("a", "password", "b", "password", "c", "password");
            others.apply(admin, passwords);
            before.apply(admin, passwords);
            before.apply(admin, passwords);
            after.apply(admin, passwords);

            assertThat(admin.describeAcls(AclBindingFilter.ANY).values().get())
                    .containsExactlyInAnyOrderElementsOf(Stream.concat(after.rules().stream(), others.rules().stream())
                            .toList());
        }
    }

    private interface Change {
        void make() throws Exception;
    }

    private static void assertRefused(String what, KafkaFuture<?> answer) {
        assertRefused(what, answer::get);
    }

    private static void assertRefused(String what, Change change) {
        assertThatThrownBy(change::make)
                .as(what)
                .isInstanceOf(ExecutionException.class)
                .hasCauseInstanceOf(AuthorizationException.class);
    }
}
