package org.rtda.system;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.IntStream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.rtda.benchmarks.EventLog;
import org.rtda.benchmarks.InProcessTraining;
import org.rtda.benchmarks.PackagedService;
import org.rtda.benchmarks.SmallDataset;
import org.rtda.contracts.AttackRequest;
import org.rtda.contracts.BatchAnswer;
import org.rtda.contracts.CheckpointSaved;
import org.rtda.contracts.EventCodec;
import org.rtda.contracts.ExperimentCommand;
import org.rtda.contracts.ExperimentSpec;
import org.rtda.contracts.ExperimentStatus;
import org.rtda.contracts.ExperimentStatus.State;
import org.rtda.contracts.Payload;
import org.rtda.contracts.Topic;
import org.rtda.contracts.TrainingMetric;
import org.rtda.contracts.check.Event;
import org.rtda.contracts.dataset.DatasetRef;
import org.rtda.contracts.dataset.ObjectRef;
import org.rtda.core.ImageBatch;
import org.rtda.messaging.EventRecords;
import org.rtda.messaging.TopicAdmin;
import org.rtda.nn.pytorch.engine.TorchEngine;
import org.rtda.store.DatasetReader;
import org.rtda.store.Datasets;
import org.rtda.store.InMemoryArtifactStore;
import org.rtda.store.MinioArtifactStore;
import org.rtda.store.Payloads;
import org.rtda.testkit.LocalStack;

/**
 * Training over real processes, a real broker and a real store, held bit for bit to the same loop inside this process. One
 * native thread everywhere, the same shards. Later tests add workers and kill the trainer, so they run in order.
 */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class DistributedTrainingIT {
    /** Each takes some seconds; the group is settled after a few polls. */
    private static final int RUNS_UNTIL_ALL_TAKE_PART = 12;

    private static final Duration PATIENCE = Duration.ofMinutes(4);
    private static final String BUCKET = "distributed-training";

    @TempDir
    static Path folder;

    private static LocalStack stack;
    private static PackagedService.BackingServices backing;
    private static MinioArtifactStore store;
    private static InMemoryArtifactStore localStore;
    private static DatasetRef dataset;
    private static TorchEngine engine;
    private static final List<PackagedService> services = new ArrayList<>();
    private static PackagedService trainer;
    private static final Map<ExperimentSpec, String> weightsInProcess = new HashMap<>();

    @BeforeAll
    static void start() {
        stack = LocalStack.shared();
        TopicAdmin.ensure(stack.bootstrapServers(), Duration.ofSeconds(30));
        store = new MinioArtifactStore(stack.settings(BUCKET));
        localStore = new InMemoryArtifactStore();
        Path npz = SmallDataset.write(folder, 60, 16, 16);
        dataset = SmallDataset.into(store, npz);
        // the same bytes, so that the reference is the same too
        for (String key : store.list("")) {
            localStore.put(key, store.find(key).orElseThrow());
        }
        backing = PackagedService.BackingServices.of(stack, BUCKET, folder);
        trainer = PackagedService.start("trainer-service", "trainer-1", backing);
        services.add(trainer);
        services.add(PackagedService.start("augment-service", "augment-1", backing));
        services.add(PackagedService.start("attack-service", "attack-1", backing));
        System.setProperty("ai.djl.pytorch.num_threads", "1");
        System.setProperty("ai.djl.pytorch.num_interop_threads", "1");
        engine = TorchEngine.start("cpu");
        services.forEach(PackagedService::awaitReady);
    }

    @AfterAll
    static void stop() {
        services.forEach(PackagedService::close);
        if (engine != null) {
            engine.close();
        }
        if (store != null) {
            store.close();
        }
    }

    @Test
    @Order(1)
    void withOneAttackWorkerTheWeightsEqualThoseOfTheLoopInOneProcess() {
        assertThat(distributed(submit("one-worker", 0)).weights().sha256())
                .isEqualTo(inProcess(submit("one-worker", 0)));
    }

    @Test
    @Order(2)
    void lookaheadCraftsOnOlderWeightsAndIsAsRepeatable() {
        String ahead = inProcess(submit("ahead", 2));
        assertThat(distributed(submit("ahead", 2)).weights().sha256()).isEqualTo(ahead);
        assertThat(ahead).as("stale attacks are other attacks").isNotEqualTo(inProcess(submit("exact", 0)));
    }

    @ParameterizedTest
    @ValueSource(strings = {"trades", "augmix-adversarial"})
    @Order(3)
    void attacksOnTheDivergenceAndFromAugmentedImagesAreAsExact(String method) {
        ExperimentCommand.Submit submit = submit("as-exact-" + method, method, 0);
        assertThat(distributed(submit).weights().sha256()).isEqualTo(inProcess(submit));
    }

    @Test
    @Order(4)
    void recordsThatDoNotParseGoToTheDeadLettersAndTheTopicMovesOn() {
        try (EventLog deadLetters = new EventLog(stack.bootstrapServers(), Topic.DEAD_LETTERS)) {
            for (int record = 0; record < 8; record++) {
                deadLetters.send(new ProducerRecord<>(
                        Topic.ATTACK_REQUESTS.topicName(),
                        "garbage-" + record,
                        "{\"id\":".getBytes(StandardCharsets.UTF_8)));
            }
            ConsumerRecord<String, byte[]> dead =
                    deadLetters.awaitRecord(PATIENCE, record -> record.key().equals("garbage-7"));
            assertThat(EventRecords.headerOf(dead, Topic.DEAD_LETTER_REASON_HEADER))
                    .contains("AttackRequest");
        }
        assertThat(distributed(submit("after-garbage", 0)).weights().sha256())
                .isEqualTo(inProcess(submit("after-garbage", 0)));
    }

    /** As one of a later version would be. */
    @Test
    @Order(4)
    void anExperimentWhoseCommandDoesNotParseFailsWithTheReason() {
        String experiment = "unreadable";
        try (EventLog statuses = new EventLog(stack.bootstrapServers(), Topic.EXPERIMENT_STATUS)) {
            ProducerRecord<String, byte[]> unreadable =
                    new ProducerRecord<>(Topic.EXPERIMENTS.topicName(), experiment, new byte[] {'{'});
            unreadable.headers().add(Topic.EXPERIMENT_HEADER, experiment.getBytes(StandardCharsets.UTF_8));
            statuses.send(unreadable);
            ExperimentStatus end = statuses.await(ExperimentStatus.class, PATIENCE, status -> status.experimentId()
                    .equals(experiment));
            assertThat(end.state()).isEqualTo(ExperimentStatus.State.FAILED);
            assertThat(end.reason()).contains("cannot be read").contains("ExperimentCommand");
        }
    }

    @Test
    @Order(5)
    void anExperimentWhoseDataIsGoneFailsWithThatReasonAndTheNextOneRuns() {
        ObjectRef gone = new ObjectRef("datasets/gone/manifest.json", "00", 2);
        ExperimentCommand.Submit lost = new ExperimentCommand.Submit(
                "lost/submit",
                Instant.now(),
                Event.SCHEMA_VERSION,
                "lost",
                spec("rtda", 0),
                new DatasetRef("gone", gone));
        ExperimentStatus failed = submitAndAwait(lost, State.FAILED);
        assertThat(failed.reason()).contains("datasets/gone/manifest.json");
        assertThat(distributed(submit("after-lost", 0)).last()).isTrue();
    }

    /** A forger sees each attack request and answers it itself, mostly before the attack worker can. */
    @Test
    @Order(5)
    void forgedAnswersNeitherReachTheWeightsNorRemoveAnything() throws Exception {
        List<String> data = store.list("datasets/");
        ExecutorService beside = Executors.newSingleThreadExecutor();
        try (EventLog requests = new EventLog(stack.bootstrapServers(), Topic.ATTACK_REQUESTS);
                EventLog answers = new EventLog(stack.bootstrapServers(), Topic.ADVERSARIAL_BATCHES)) {
            AtomicBoolean over = new AtomicBoolean();
            Set<String> forged = ConcurrentHashMap.newKeySet();
            Future<?> forger = beside.submit(() -> requests.awaitRecord(PATIENCE, record -> {
                // once: who forges every answer ends the run, with a reason that names the worker
                if (record.key().startsWith("forged/") && forged.add(record.key())) {
                    forge(answers, EventCodec.read(record.value(), AttackRequest.class), data.get(0));
                }
                return over.get() || forged.size() == 18;
            }));
            ExperimentCommand.Submit submit = submit("forged", 0);
            assertThat(distributed(submit).weights().sha256()).isEqualTo(inProcess(submit));
            over.set(true);
            forger.get();
            assertThat(forged).hasSize(18);
        } finally {
            beside.shutdownNow();
        }
        assertThat(store.list("datasets/")).isEqualTo(data);
    }

    /** Names an object of the data set; then sends images that no attack of this radius makes; then removes what others need. */
    private static void forge(EventLog answers, AttackRequest request, String block) {
        Payload far = new Payloads(store, Integer.MAX_VALUE)
                .write(
                        request.id(),
                        ImageBatch.of(new DatasetReader(store, 0)
                                .read(
                                        dataset,
                                        "val",
                                        IntStream.range(0, request.images().indices().length)
                                                .toArray())
                                .images()));
        ProducerRecord<String, byte[]> good =
                EventRecords.answer(Topic.ADVERSARIAL_BATCHES, ready(request.id(), request, far));
        String json = new String(good.value(), StandardCharsets.UTF_8)
                .replaceFirst(
                        "\"inline\":\"[^\"]*\"",
                        "\"object\":{\"key\":\"" + block + "\",\"sha256\":\"" + far.sha256() + "\",\"sizeBytes\":"
                                + far.inline().length + "}");
        answers.send(new ProducerRecord<>(
                good.topic(), null, good.key(), json.getBytes(StandardCharsets.UTF_8), good.headers()));
        answers.send(good);
        answers.send(EventRecords.answer(
                Topic.ADVERSARIAL_BATCHES, ready(request.id().replace("forged/", "forged/9"), request, far)));
    }

    private static BatchAnswer ready(String id, AttackRequest request, Payload images) {
        return new BatchAnswer.Ready(
                id,
                Instant.now(),
                Event.SCHEMA_VERSION,
                request.experimentId(),
                request.replyTo(),
                request.attempt(),
                "forger",
                images,
                1,
                1,
                0);
    }

    @Test
    @Order(6)
    void aTrainerThatIsKilledIsReplacedByAnotherThatEndsWithTheSameWeights() {
        ExperimentCommand.Submit submit = submit("killed", 0);
        try (EventLog metrics = new EventLog(stack.bootstrapServers(), Topic.TRAINING_METRICS);
                EventLog statuses = new EventLog(stack.bootstrapServers(), Topic.EXPERIMENT_STATUS)) {
            statuses.send(EventRecords.keyed(Topic.EXPERIMENTS, submit.experimentId(), submit));
            // in the middle of the second epoch: one step of it is lost with the trainer and done again
            metrics.await(
                    TrainingMetric.class,
                    PATIENCE,
                    metric -> metric.experimentId().equals("killed") && metric.step() >= 4);
            trainer.kill();
            services.add(PackagedService.start("trainer-service", "trainer-2", backing)
                    .awaitReady());
            ExperimentStatus end = statuses.await(
                    ExperimentStatus.class,
                    PATIENCE,
                    status -> status.experimentId().equals("killed")
                            && status.state().isFinal());
            assertThat(end.state()).as(end.reason()).isEqualTo(State.TRAINED);
            assertThat(end.trainer()).isEqualTo("trainer-2");
        }
        assertThat(lastCheckpoint("killed").weights().sha256()).isEqualTo(inProcess(submit));
    }

    @Test
    @Order(7)
    void withThreeAttackWorkersTheWeightsAreTheSame() {
        PackagedService second = PackagedService.start("attack-service", "attack-2", backing);
        PackagedService third = PackagedService.start("attack-service", "attack-3", backing);
        services.add(second);
        services.add(third);
        second.awaitReady();
        third.awaitReady();
        String expected = inProcess(submit("three-workers", 0));
        // a worker is ready before the group has dealt it its share: the first runs may be over by then
        Set<String> workers = Set.of();
        for (int run = 1; run <= RUNS_UNTIL_ALL_TAKE_PART && workers.size() < 3; run++) {
            String id = "three-workers-" + run;
            assertThat(distributed(submit(id, 0)).weights().sha256()).as(id).isEqualTo(expected);
            workers = workersOf(id);
        }
        assertThat(workers).containsExactlyInAnyOrder("attack-1", "attack-2", "attack-3");
    }

    /** Who answered the 2 epochs x 3 steps x 3 shards of an experiment. */
    private static Set<String> workersOf(String experiment) {
        Set<String> answered = new HashSet<>();
        Set<String> workers = new HashSet<>();
        try (EventLog answers = new EventLog(stack.bootstrapServers(), Topic.ADVERSARIAL_BATCHES)) {
            answers.awaitRecord(PATIENCE, record -> {
                // by its key: what was forged for others cannot be read
                if (record.key().startsWith(experiment + "/")) {
                    BatchAnswer answer = EventCodec.read(record.value(), BatchAnswer.class);
                    answered.add(answer.id());
                    workers.add(answer.worker());
                }
                return answered.size() == 18;
            });
        }
        return workers;
    }

    /** 60 images in batches of 20: 3 steps an epoch, 2 epochs, 3 shards. */
    private static ExperimentSpec spec(String method, int lookahead) {
        return ExperimentSpec.builder()
                .dataset("small")
                .method(method)
                .network("resnet8")
                .epochs(2)
                .batchSize(20)
                .seed(5L)
                .lookahead(lookahead)
                .shards(3)
                .build()
                .resolvedFor(new Datasets(store).list().get(0));
    }

    private static ExperimentCommand.Submit submit(String id, int lookahead) {
        return submit(id, "rtda", lookahead);
    }

    private static ExperimentCommand.Submit submit(String id, String method, int lookahead) {
        return new ExperimentCommand.Submit(
                id + "/submit", Instant.now(), Event.SCHEMA_VERSION, id, spec(method, lookahead), dataset);
    }

    /** Sum of the weights after the same loop inside this process, which depend on the specification and the data alone. */
    private static String inProcess(ExperimentCommand.Submit submit) {
        return weightsInProcess.computeIfAbsent(submit.spec(), spec -> {
            try (InProcessTraining training = new InProcessTraining(engine, localStore)) {
                return training.run(submit).weights().sha256();
            }
        });
    }

    private static CheckpointSaved distributed(ExperimentCommand.Submit submit) {
        submitAndAwait(submit, State.TRAINED);
        return lastCheckpoint(submit.experimentId());
    }

    private static ExperimentStatus submitAndAwait(ExperimentCommand.Submit submit, State expected) {
        try (EventLog statuses = new EventLog(stack.bootstrapServers(), Topic.EXPERIMENT_STATUS)) {
            statuses.send(EventRecords.keyed(Topic.EXPERIMENTS, submit.experimentId(), submit));
            ExperimentStatus end = statuses.await(
                    ExperimentStatus.class,
                    PATIENCE,
                    status -> status.experimentId().equals(submit.experimentId())
                            && status.state().isFinal());
            assertThat(end.state()).as(end.reason()).isEqualTo(expected);
            return end;
        }
    }

    private static CheckpointSaved lastCheckpoint(String experimentId) {
        try (EventLog checkpoints = new EventLog(stack.bootstrapServers(), Topic.CHECKPOINTS)) {
            return checkpoints.await(
                    CheckpointSaved.class,
                    PATIENCE,
                    checkpoint -> checkpoint.experimentId().equals(experimentId) && checkpoint.last());
        }
    }
}
