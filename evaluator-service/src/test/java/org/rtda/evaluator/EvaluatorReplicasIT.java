package org.rtda.evaluator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.GroupIdNotFoundException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.rtda.contracts.CheckpointSaved;
import org.rtda.contracts.EventCodec;
import org.rtda.contracts.ObjectKeys;
import org.rtda.contracts.RobustnessMetric;
import org.rtda.contracts.Topic;
import org.rtda.contracts.dataset.DatasetRef;
import org.rtda.contracts.dataset.ObjectRef;
import org.rtda.core.Seed;
import org.rtda.core.network.Initialization;
import org.rtda.core.network.NetworkArchitecture;
import org.rtda.evaluator.context.EvaluatorFixtures;
import org.rtda.messaging.EventRecords;
import org.rtda.messaging.TopicAdmin;
import org.rtda.nn.onnx.OnnxExport;
import org.rtda.store.MinioArtifactStore;
import org.rtda.testkit.LocalStack;

/** The packaged service as two processes that share one evaluation, on a broker and store of their own. */
class EvaluatorReplicasIT {
    /** Under way at once in each replica. */
    private static final int TASKS = 4;

    private static final Duration PATIENCE = Duration.ofMinutes(5);
    private static final String BUCKET = "replicas";

    @TempDir
    static Path logs;

    private final List<RobustnessMetric> metrics = new ArrayList<>();
    private final Map<String, Process> replicas = new HashMap<>();
    private LocalStack stack;
    private MinioArtifactStore store;
    private KafkaProducer<String, byte[]> producer;
    private KafkaConsumer<String, byte[]> consumer;
    private PlayedAttackService attackService;

    @BeforeEach
    void start() throws IOException {
        stack = LocalStack.start();
        TopicAdmin.ensure(stack.bootstrapServers(), PATIENCE);
        store = new MinioArtifactStore(stack.settings(BUCKET));
        producer = new KafkaProducer<>(
                Map.of("bootstrap.servers", stack.bootstrapServers()),
                new StringSerializer(),
                new ByteArraySerializer());
        consumer = new KafkaConsumer<>(
                Map.of("bootstrap.servers", stack.bootstrapServers()),
                new StringDeserializer(),
                new ByteArrayDeserializer());
        List<TopicPartition> partitions = new ArrayList<>();
        for (int partition = 0; partition < Topic.ROBUSTNESS_METRICS.partitions(); partition++) {
            partitions.add(new TopicPartition(Topic.ROBUSTNESS_METRICS.topicName(), partition));
        }
        consumer.assign(partitions);
        consumer.seekToBeginning(partitions);
        attackService = new PlayedAttackService(stack.bootstrapServers(), store, producer);
        for (String instance : List.of("judge-1", "judge-2")) {
            replicas.put(instance, replica(instance));
        }
    }

    @AfterEach
    void stop() throws Exception {
        replicas.values().forEach(Process::destroyForcibly);
        for (AutoCloseable opened : Arrays.asList(attackService, consumer, producer, store, stack)) {
            if (opened != null) {
                opened.close();
            }
        }
    }

    private Process replica(String instance) throws IOException {
        int port;
        try (ServerSocket free = new ServerSocket(0)) {
            port = free.getLocalPort();
        }
        ProcessBuilder builder = new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx256m",
                "-XX:+UseSerialGC",
                "-jar",
                Path.of("target", "quarkus-app", "quarkus-run.jar").toString());
        builder.environment()
                .putAll(Map.of(
                        "KAFKA_BOOTSTRAP_SERVERS",
                        stack.bootstrapServers(),
                        "RTDA_STORE_ENDPOINT",
                        stack.s3Endpoint(),
                        "RTDA_STORE_ACCESS_KEY",
                        stack.accessKey(),
                        "RTDA_STORE_SECRET_KEY",
                        stack.secretKey(),
                        "RTDA_STORE_BUCKET",
                        BUCKET,
                        "RTDA_INSTANCE",
                        instance,
                        "RTDA_EVALUATOR_ATTACK_PATIENCE",
                        "PT1S",
                        "RTDA_EVALUATOR_ATTACK_ATTEMPTS",
                        "60",
                        "QUARKUS_HTTP_PORT",
                        Integer.toString(port),
                        "QUARKUS_HTTP_HOST",
                        "127.0.0.1"));
        builder.environment().put("RTDA_EVALUATOR_TASKS", Integer.toString(TASKS));
        return builder.redirectErrorStream(true)
                .redirectOutput(logs.resolve(instance + ".log").toFile())
                .start();
    }

    private void awaitBothSharing() {
        String group = Topic.EVALUATION_REQUESTS.workers();
        try (Admin admin = Admin.create(Map.of("bootstrap.servers", stack.bootstrapServers()))) {
            // the group is not there before its first member
            await().atMost(PATIENCE)
                    .ignoreExceptionsMatching(e -> e.getCause() instanceof GroupIdNotFoundException)
                    .until(() -> admin.describeShareGroups(List.of(group))
                                    .describedGroups()
                                    .get(group)
                                    .get()
                                    .members()
                                    .size()
                            == 2 * TASKS);
        }
    }

    private <T extends RobustnessMetric> List<T> awaitAll(Class<T> type, int count) {
        await().atMost(PATIENCE).until(() -> {
            for (ConsumerRecord<String, byte[]> record : consumer.poll(Duration.ofMillis(100))) {
                metrics.add(EventCodec.read(record.value(), RobustnessMetric.class));
            }
            return metrics.stream().filter(type::isInstance).count() >= count;
        });
        return metrics.stream().filter(type::isInstance).map(type::cast).toList();
    }

    @Test
    void whatAKilledReplicaHadIsDoneByTheOtherAndTheEvaluationEndsOnce() throws Exception {
        DatasetRef dataset =
                EvaluatorFixtures.dataset(store, Map.of("train", 8, "val", 10, "test", 70, "shift-other-scanner", 10));
        NetworkArchitecture network =
                NetworkArchitecture.named("resnet8", 1, EvaluatorFixtures.SIDE, EvaluatorFixtures.SIDE, 2);
        ObjectRef model = store.put(
                ObjectKeys.checkpoint("exp", 5, "model.onnx"),
                OnnxExport.write(network, Initialization.weights(network, new Seed(3))));
        CheckpointSaved checkpoint =
                EvaluatorFixtures.checkpoint("exp", 5, true, EvaluatorFixtures.spec(), dataset, model);
        awaitBothSharing();

        producer.send(EventRecords.keyed(Topic.CHECKPOINTS, "exp", checkpoint)).get();
        // Of 70 tasks each replica has some under way, so the one that is killed now leaves some.
        awaitAll(RobustnessMetric.Measured.class, 5);
        replicas.get("judge-1").destroyForcibly().waitFor();
        RobustnessMetric.Completed completed =
                awaitAll(RobustnessMetric.Completed.class, 1).get(0);

        assertThat(replicas.get("judge-2").isAlive()).isTrue();
        assertThat(completed.failed()).isZero();
        Set<String> planned = new HashSet<>();
        awaitAll(RobustnessMetric.Planned.class, 1)
                .forEach(plan -> plan.conditions().forEach(condition -> planned.add(condition.label())));
        assertThat(planned).hasSize(70);
        assertThat(completed.measured()).isEqualTo(70);
        assertThat(awaitAll(RobustnessMetric.Measured.class, 70))
                .extracting(m -> m.condition().label())
                .containsExactlyInAnyOrderElementsOf(planned);
        assertThat(awaitAll(RobustnessMetric.Completed.class, 1)).hasSize(1);
    }
}
