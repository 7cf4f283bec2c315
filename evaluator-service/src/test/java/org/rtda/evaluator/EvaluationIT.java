package org.rtda.evaluator;

import static io.restassured.RestAssured.get;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.QuarkusTestProfile;
import io.quarkus.test.junit.TestProfile;
import io.smallrye.common.annotation.Identifier;
import jakarta.inject.Inject;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.rtda.contracts.CheckpointSaved;
import org.rtda.contracts.EvaluationCommand;
import org.rtda.contracts.EventCodec;
import org.rtda.contracts.ExperimentCommand;
import org.rtda.contracts.Figure;
import org.rtda.contracts.ObjectKeys;
import org.rtda.contracts.Predictions;
import org.rtda.contracts.RobustnessMetric;
import org.rtda.contracts.Topic;
import org.rtda.contracts.check.KnownNames;
import org.rtda.contracts.dataset.DatasetRef;
import org.rtda.contracts.dataset.ObjectRef;
import org.rtda.contracts.settings.Condition;
import org.rtda.core.Seed;
import org.rtda.core.network.Initialization;
import org.rtda.core.network.NetworkArchitecture;
import org.rtda.evaluator.context.EvaluationIds;
import org.rtda.evaluator.context.EvaluatorFixtures;
import org.rtda.messaging.EventRecords;
import org.rtda.nn.onnx.OnnxExport;
import org.rtda.store.MinioArtifactStore;
import org.rtda.store.MinioSettings;
import org.rtda.testkit.LocalStackResource;

/** The service on a real broker and store; the test plays the trainer and attack-service. */
@QuarkusTest
@QuarkusTestResource(LocalStackResource.class)
@TestProfile(EvaluationIT.ImpatientProfile.class)
class EvaluationIT {

    /** A lost answer is asked for again soon. */
    public static class ImpatientProfile implements QuarkusTestProfile {
        @Override
        public Map<String, String> getConfigOverrides() {
            return Map.of(
                    "rtda.evaluator.attack-patience",
                    "PT1S",
                    "rtda.evaluator.attack-attempts",
                    "60",
                    // a setting of Kafka's that changes nothing here
                    "kafka.client.rack",
                    "one",
                    "quarkus.http.test-port",
                    "0");
        }
    }

    private static final Duration PATIENCE = Duration.ofMinutes(5);
    private static final int TEST_IMAGES = 70;

    @ConfigProperty(name = "kafka.bootstrap.servers")
    String brokers;

    @Inject
    @Identifier("default-kafka-broker")
    Map<String, Object> kafka;

    @ConfigProperty(name = "rtda.store.endpoint")
    String endpoint;

    @ConfigProperty(name = "rtda.store.bucket")
    String bucket;

    @ConfigProperty(name = "rtda.store.access-key")
    String accessKey;

    @ConfigProperty(name = "rtda.store.secret-key")
    String secretKey;

    private final String experiment = "exp-" + UUID.randomUUID().toString().substring(0, 8);
    private final List<RobustnessMetric> metrics = new ArrayList<>();
    private MinioArtifactStore store;
    private KafkaProducer<String, byte[]> producer;
    private KafkaConsumer<String, byte[]> consumer;
    private DatasetRef dataset;
    private PlayedAttackService attackService;

    @BeforeEach
    void connect() {
        store = new MinioArtifactStore(new MinioSettings(endpoint, bucket, accessKey, secretKey, "us-east-1"));
        producer = new KafkaProducer<>(
                Map.of("bootstrap.servers", brokers), new StringSerializer(), new ByteArraySerializer());
        consumer = consumerOf(Topic.ROBUSTNESS_METRICS);
        dataset = EvaluatorFixtures.dataset(
                store, Map.of("train", 8, "val", 10, "test", TEST_IMAGES, "shift-other-scanner", 10));
        attackService = new PlayedAttackService(brokers, store, producer);
    }

    @AfterEach
    void disconnect() {
        attackService.close();
        consumer.close();
        producer.close();
        store.close();
    }

    private KafkaConsumer<String, byte[]> consumerOf(Topic topic) {
        KafkaConsumer<String, byte[]> reader = new KafkaConsumer<>(
                Map.of("bootstrap.servers", brokers), new StringDeserializer(), new ByteArrayDeserializer());
        List<TopicPartition> partitions = reader.partitionsFor(topic.topicName()).stream()
                .map(partition -> new TopicPartition(topic.topicName(), partition.partition()))
                .toList();
        reader.assign(partitions);
        reader.seekToBeginning(partitions);
        return reader;
    }

    private CheckpointSaved checkpoint(int epoch, boolean last, ObjectRef model) {
        return EvaluatorFixtures.checkpoint(experiment, epoch, last, EvaluatorFixtures.spec(), dataset, model);
    }

    private ObjectRef exportedModel() {
        NetworkArchitecture network =
                NetworkArchitecture.named("resnet8", 1, EvaluatorFixtures.SIDE, EvaluatorFixtures.SIDE, 2);
        byte[] onnx = OnnxExport.write(network, Initialization.weights(network, new Seed(3)));
        return store.put(ObjectKeys.checkpoint(experiment, 5, "model.onnx"), onnx);
    }

    private void publish(CheckpointSaved checkpoint) throws Exception {
        producer.send(EventRecords.keyed(Topic.CHECKPOINTS, experiment, checkpoint))
                .get();
    }

    private void poll() {
        for (ConsumerRecord<String, byte[]> record : consumer.poll(Duration.ofMillis(100))) {
            RobustnessMetric metric = EventCodec.read(record.value(), RobustnessMetric.class);
            if (metric.experimentId().equals(experiment)) {
                assertThat(record.key()).isEqualTo(metric.evaluationId());
                assertThat(EventRecords.headerOf(record, Topic.EXPERIMENT_HEADER))
                        .isEqualTo(experiment);
                metrics.add(metric);
            }
        }
    }

    private RobustnessMetric.Completed awaitCompleted(String evaluationId) {
        await().atMost(PATIENCE).until(() -> {
            poll();
            return all(RobustnessMetric.Completed.class).stream()
                    .anyMatch(completed -> completed.evaluationId().equals(evaluationId));
        });
        return all(RobustnessMetric.Completed.class).stream()
                .filter(completed -> completed.evaluationId().equals(evaluationId))
                .findFirst()
                .orElseThrow();
    }

    private <T extends RobustnessMetric> List<T> all(Class<T> type) {
        return metrics.stream().filter(type::isInstance).map(type::cast).toList();
    }

    /** {@code KafkaSettingsTest} shows that every client takes them. */
    @Test
    void whatIsSetForKafkaReachesTheSettingsThatAllClientsAreMadeOf() {
        assertThat(kafka).containsEntry("client.rack", "one").containsEntry("bootstrap.servers", brokers);
    }

    @Test
    void theLastCheckpointIsPlannedMeasuredAndCompletedOnceThoughItIsAnnouncedTwice() throws Exception {
        CheckpointSaved checkpoint = checkpoint(5, true, exportedModel());
        publish(checkpoint);
        publish(checkpoint);
        RobustnessMetric.Completed completed = awaitCompleted(experiment + "/epoch-00005");

        // 1 clean, 3 radii, 13 corruptions at 5 severities, 1 shift
        assertThat(completed.measured()).isEqualTo(1 + 3 + 65 + 1);
        assertThat(completed.failed()).isZero();
        // A later evaluation in the same partitions: when it is complete, duplicates of the first would be there.
        publish(checkpoint);
        publish(checkpoint(4, false, checkpoint.model()));
        awaitCompleted(experiment + "/epoch-00004");

        assertThat(all(RobustnessMetric.Failed.class)).isEmpty();
        assertThat(all(RobustnessMetric.Planned.class))
                .extracting(RobustnessMetric.Planned::suite)
                .containsExactlyInAnyOrder("standard", "quick");
        List<RobustnessMetric.Measured> measured = all(RobustnessMetric.Measured.class);
        assertThat(measured).hasSize(70 + 4);
        assertThat(measured).extracting(RobustnessMetric.Measured::id).doesNotHaveDuplicates();
        assertThat(all(RobustnessMetric.Completed.class)).hasSize(2);
        assertThat(measured).allSatisfy(m -> {
            Figure accuracy = m.values().get(0);
            assertThat(accuracy.metric()).isEqualTo("accuracy");
            assertThat(accuracy.value()).isBetween(accuracy.low(), accuracy.high());
        });
        assertThat(measured)
                .filteredOn(m -> m.last() && m.condition().kind() == Condition.Kind.ATTACK)
                .hasSize(3)
                .allMatch(m -> m.values().get(0).n() == TEST_IMAGES);
        assertThat(measured).filteredOn(RobustnessMetric.Measured::last).allSatisfy(m -> {
            Predictions kept = EventCodec.read(store.get(m.predictions()), Predictions.class);
            assertThat(kept.condition()).isEqualTo(m.condition());
            assertThat(kept.labels()).hasSize(m.values().get(0).n());
        });
        assertThat(measured).filteredOn(m -> !m.last()).allMatch(m -> m.predictions() == null);
        assertThat(attackService.askedAgain()).isNotEmpty();
        await().until(() -> store.list(ObjectKeys.transients(experiment)).isEmpty());
        assertThat(get("/q/metrics").asString()).contains("rtda_evaluator_conditions_measured_total");
        get("/q/health").then().statusCode(200);
    }

    @Test
    void aCommandIsCarriedOutOnceUnderItsNameWithItsGatesBeforeItsEnd() throws Exception {
        CheckpointSaved checkpoint = checkpoint(7, true, exportedModel());
        store.put(ObjectKeys.checkpoint(experiment, 7, 1, ObjectKeys.CHECKPOINT), EventCodec.write(checkpoint));
        String evaluation = experiment + "/epoch-00007/review";
        for (int time = 0; time < 2; time++) {
            producer.send(EventRecords.keyed(
                            Topic.EVALUATION_COMMANDS,
                            experiment,
                            EvaluationCommand.builder()
                                    .id(evaluation)
                                    .time(EvaluatorFixtures.NOW)
                                    .experimentId(experiment)
                                    .name("review")
                                    .checkpoint(checkpoint)
                                    .suite("full")
                                    .build()))
                    .get();
        }
        RobustnessMetric.Completed completed = awaitCompleted(evaluation);
        // A later evaluation: when it is complete, duplicates of the first would be there.
        publish(checkpoint(4, false, checkpoint.model()));
        awaitCompleted(experiment + "/epoch-00004");

        // 1 clean, 3 radii, 13 corruptions at 5 severities, 1 shift; 11 attacks, 2 sets, 2 goals, 13 attacked
        // corruptions, 4
        // probes
        assertThat(completed.measured()).isEqualTo(70 + 11 + 2 + 2 + 13 + 4);
        assertThat(completed.failed()).isZero();
        List<RobustnessMetric> named = metrics.stream()
                .filter(m -> m.evaluationId().equals(evaluation))
                .toList();
        assertThat(named).extracting(RobustnessMetric::id).doesNotHaveDuplicates();
        assertThat(named.get(0)).isInstanceOf(RobustnessMetric.Planned.class);
        assertThat(named.subList(named.size() - KnownNames.GATES.size() - 1, named.size() - 1))
                .extracting(m -> ((RobustnessMetric.Gate) m).gate())
                .containsExactlyElementsOf(KnownNames.GATES);
        assertThat(named.get(named.size() - 1)).isEqualTo(completed);
        RobustnessMetric.Measured attackedCorruption = all(RobustnessMetric.Measured.class).stream()
                .filter(m -> m.condition().label().equals("pgd-l2-10@0.5+jpeg@3"))
                .findFirst()
                .orElseThrow();
        Predictions kept = EventCodec.read(store.get(attackedCorruption.predictions()), Predictions.class);
        assertThat(kept.labels()).hasSize(TEST_IMAGES);
        assertThat(attackedCorruption.predictions().key()).contains("/epoch-00007/review/");
        await().until(() -> store.list(ObjectKeys.transients(experiment)).isEmpty());
    }

    @Test
    void aMissingModelFailsEachConditionWithItsReasonAndTheRestGoesOn() throws Exception {
        publish(checkpoint(1, false, EvaluatorFixtures.ref(ObjectKeys.checkpoint(experiment, 1, "gone.onnx"))));
        publish(checkpoint(2, false, exportedModel()));

        assertThat(awaitCompleted(experiment + "/epoch-00001")).satisfies(completed -> {
            assertThat(completed.measured()).isZero();
            assertThat(completed.failed()).isEqualTo(4);
        });
        assertThat(awaitCompleted(experiment + "/epoch-00002").measured()).isEqualTo(4);
        assertThat(all(RobustnessMetric.Failed.class)).hasSize(4).allMatch(failed -> failed.reason()
                .contains("gone.onnx"));
    }

    private RobustnessMetric.Planned awaitPlanned(String evaluation) {
        await().atMost(PATIENCE).until(() -> {
            poll();
            return all(RobustnessMetric.Planned.class).stream()
                    .anyMatch(planned -> planned.evaluationId().equals(evaluation));
        });
        return all(RobustnessMetric.Planned.class).stream()
                .filter(planned -> planned.evaluationId().equals(evaluation))
                .findFirst()
                .orElseThrow();
    }

    private EvaluationCommand full(String name, CheckpointSaved checkpoint) {
        return EvaluationCommand.builder()
                .id(checkpoint.id() + "/" + name)
                .time(EvaluatorFixtures.NOW)
                .experimentId(experiment)
                .name(name)
                .checkpoint(checkpoint)
                .suite("full")
                .build();
    }

    private void send(EvaluationCommand command) throws Exception {
        producer.send(EventRecords.keyed(Topic.EVALUATION_COMMANDS, experiment, command))
                .get();
    }

    @Test
    void aCancelledEvaluationIsCompleteWithItsFiguresSoFarAndALaterOneByNameIsMeasured() throws Exception {
        attackService.keepSilent(true);
        CheckpointSaved checkpoint = checkpoint(5, false, exportedModel());
        String asked = experiment + "/epoch-00005/full";
        send(full("full", checkpoint));
        RobustnessMetric.Planned planned = awaitPlanned(asked);
        await().atMost(PATIENCE).until(() -> !attackService.askedAgain().isEmpty());

        ExperimentCommand.Cancel cancel = EvaluatorFixtures.cancel(experiment, asked);
        for (int twice = 0; twice < 2; twice++) {
            producer.send(EventRecords.keyed(Topic.EXPERIMENTS, experiment, cancel))
                    .get();
        }

        RobustnessMetric.Completed completed = awaitCompleted(asked);
        assertThat(completed.cancelled()).isPositive().isEqualTo(completed.failed());
        assertThat(completed.measured() + completed.failed())
                .isEqualTo(planned.conditions().size());
        assertThat(all(RobustnessMetric.Failed.class))
                .allMatch(failed -> failed.reason().equals("cancelled") && failed.wasCancelled());

        EvaluationCommand quick = EvaluationCommand.builder()
                .id("again")
                .time(EvaluatorFixtures.NOW)
                .experimentId(experiment)
                .name("again")
                .checkpoint(checkpoint)
                .suite("quick")
                .build();
        attackService.keepSilent(false);
        send(quick);
        assertThat(awaitCompleted(experiment + "/epoch-00005/again").cancelled())
                .isNull();
    }

    @Test
    void aRunningExperimentsQuickEvaluationIsCompleteBeforeFullOnesThatWereAskedForEarlier() throws Exception {
        CheckpointSaved checkpoint = checkpoint(5, false, exportedModel());
        List<String> asked = List.of("full-1", "full-2", "full-3", "full-4");
        attackService.keepSilent(true);
        for (String name : asked) {
            send(full(name, checkpoint));
        }
        for (String name : asked) {
            awaitPlanned(experiment + "/epoch-00005/" + name);
        }
        // all places for what was asked for by name are taken, and all that is asked of attackers for it waits
        await().atMost(PATIENCE).until(() -> get("/q/metrics").asString().contains("under_way 6.0"));

        attackService.answerOnly(Topic.EVALUATION_ATTACK_REQUESTS);
        String own = experiment + "/epoch-00006";
        publish(checkpoint(6, false, checkpoint.model()));
        assertThat(awaitCompleted(own).measured()).isEqualTo(4);
        assertThat(all(RobustnessMetric.Completed.class))
                .extracting(RobustnessMetric.Completed::evaluationId)
                .containsExactly(own);

        attackService.keepSilent(false);
        for (String name : asked) {
            assertThat(awaitCompleted(experiment + "/epoch-00005/" + name).measured())
                    .isEqualTo(70 + 11 + 2 + 2 + 13 + 4);
        }
        // a later evaluation: when it is complete, duplicates of the first ones would be there
        publish(checkpoint(7, false, checkpoint.model()));
        awaitCompleted(experiment + "/epoch-00007");
        assertThat(all(RobustnessMetric.Failed.class)).isEmpty();
        assertThat(all(RobustnessMetric.Measured.class))
                .hasSize(4 * (70 + 11 + 2 + 2 + 13 + 4) + 4 + 4)
                .extracting(RobustnessMetric.Measured::id)
                .doesNotHaveDuplicates();
        assertThat(all(RobustnessMetric.Completed.class)).hasSize(6);
    }

    @Test
    void aCheckpointOfAnExperimentThatWasCancelledIsPlannedAndCompleteWithoutFigures() throws Exception {
        producer.send(EventRecords.keyed(Topic.EXPERIMENTS, experiment, EvaluatorFixtures.cancel(experiment)))
                .get();
        ObjectRef model = exportedModel();
        await().atMost(PATIENCE).until(() -> {
            int epoch = 1 + all(RobustnessMetric.Completed.class).size();
            publish(checkpoint(epoch, false, model));
            RobustnessMetric.Completed completed = awaitCompleted(experiment + "/" + EvaluationIds.epoch(epoch));
            return completed.cancelled() != null && completed.cancelled() == 4;
        });
    }

    /** As a task of a later version would be. */
    @Test
    void aTaskThatDoesNotParseClosesItsConditionAndTheEvaluationIsComplete() throws Exception {
        attackService.keepSilent(true);
        publish(checkpoint(3, false, exportedModel()));
        String evaluation = experiment + "/epoch-00003";
        RobustnessMetric.Planned planned = awaitPlanned(evaluation);
        Condition attacked = planned.conditions().stream()
                .filter(condition -> condition.kind() == Condition.Kind.ATTACK)
                .findFirst()
                .orElseThrow();

        producer.send(new ProducerRecord<>(
                        Topic.EVALUATION_REQUESTS.topicName(), EvaluationIds.task(evaluation, attacked), new byte[] {'{'
                        }))
                .get();

        RobustnessMetric.Completed completed = awaitCompleted(evaluation);
        attackService.keepSilent(false);
        assertThat(completed.measured()).isEqualTo(3);
        assertThat(completed.failed()).isEqualTo(1);
        assertThat(completed.cancelled()).isNull();
        assertThat(all(RobustnessMetric.Failed.class)).singleElement().satisfies(failed -> {
            assertThat(failed.condition()).isEqualTo(attacked);
            assertThat(failed.reason()).contains("dead letter").contains("EvaluationTask");
        });
    }

    /** As a checkpoint and a command of a later version would be. */
    @Test
    void anEvaluationWhoseRequestDoesNotParseIsCompleteWithTheReason() throws Exception {
        String own = experiment + "/epoch-00004";
        String named = own + "/review";
        for (Map.Entry<Topic, String> asked :
                Map.of(Topic.CHECKPOINTS, own, Topic.EVALUATION_COMMANDS, named).entrySet()) {
            ProducerRecord<String, byte[]> unreadable =
                    new ProducerRecord<>(asked.getKey().topicName(), experiment, new byte[] {'{'});
            unreadable.headers().add(Topic.EXPERIMENT_HEADER, experiment.getBytes(StandardCharsets.UTF_8));
            unreadable.headers().add(Topic.EVALUATION_HEADER, asked.getValue().getBytes(StandardCharsets.UTF_8));
            producer.send(unreadable).get();
        }

        for (String evaluation : List.of(own, named)) {
            RobustnessMetric.Completed completed = awaitCompleted(evaluation);
            assertThat(completed.measured()).isZero();
            assertThat(completed.failed()).isEqualTo(1);
            assertThat(all(RobustnessMetric.Failed.class))
                    .filteredOn(failed -> failed.evaluationId().equals(evaluation))
                    .singleElement()
                    .satisfies(failed ->
                            assertThat(failed.reason()).contains("dead letter").contains("cannot be read"));
        }
    }

    @Test
    void recordsThatDoNotParseGoToTheDeadLettersAndThePartitionMovesOn() throws Exception {
        byte[] nonsense = ("{\"not\": \"" + experiment + "\"}").getBytes(StandardCharsets.UTF_8);
        producer.send(new ProducerRecord<>(Topic.CHECKPOINTS.topicName(), experiment, nonsense))
                .get();
        for (int record = 0; record < 3; record++) {
            producer.send(new ProducerRecord<>(Topic.EVALUATION_REQUESTS.topicName(), experiment, nonsense))
                    .get();
        }

        List<String> reasons = new ArrayList<>();
        try (KafkaConsumer<String, byte[]> deadLetters = consumerOf(Topic.DEAD_LETTERS)) {
            await().atMost(PATIENCE).until(() -> {
                for (ConsumerRecord<String, byte[]> record : deadLetters.poll(Duration.ofMillis(100))) {
                    if (experiment.equals(record.key())) {
                        assertThat(record.value()).isEqualTo(nonsense);
                        reasons.add(EventRecords.headerOf(record, Topic.DEAD_LETTER_REASON_HEADER));
                    }
                }
                return reasons.size() == 4;
            });
        }
        assertThat(reasons).anyMatch(reason -> reason.contains("CheckpointSaved"));
        assertThat(reasons).anyMatch(reason -> reason.contains("EvaluationTask"));
        publish(checkpoint(1, false, EvaluatorFixtures.ref(ObjectKeys.checkpoint(experiment, 1, "gone.onnx"))));
        assertThat(awaitCompleted(experiment + "/epoch-00001").failed()).isEqualTo(4);
    }
}
