package org.rtda.system;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.rtda.benchmarks.EventLog;
import org.rtda.benchmarks.InProcessTraining;
import org.rtda.benchmarks.PackagedService;
import org.rtda.benchmarks.SmallDataset;
import org.rtda.contracts.BatchAnswer;
import org.rtda.contracts.CheckpointSaved;
import org.rtda.contracts.EventCodec;
import org.rtda.contracts.ExperimentCommand;
import org.rtda.contracts.ExperimentSpec;
import org.rtda.contracts.ExperimentStatus;
import org.rtda.contracts.ExperimentStatus.State;
import org.rtda.contracts.Topic;
import org.rtda.contracts.check.Event;
import org.rtda.contracts.dataset.DatasetRef;
import org.rtda.contracts.settings.AttackSettings;
import org.rtda.messaging.EventRecords;
import org.rtda.messaging.TopicAdmin;
import org.rtda.nn.pytorch.engine.TorchEngine;
import org.rtda.store.Datasets;
import org.rtda.store.InMemoryArtifactStore;
import org.rtda.store.MinioArtifactStore;
import org.rtda.testkit.LocalStack;

/** Attack workers that join while a training is under way, over real processes, a real broker and a real store. */
class GrowingWorkersIT {
    private static final Duration PATIENCE = Duration.ofMinutes(8);
    private static final String BUCKET = "growing-workers";

    @TempDir
    static Path folder;

    /**
     * The first worker's simulated device takes a second an image: alone it would need three minutes for the nine steps, so
     * the others join long before the last. With lookahead a snapshot is written while the trainer trains.
     */
    @Test
    void twoMoreWorkersInTheMiddleOfARunChangeNothingOfItsWeights() {
        LocalStack stack = LocalStack.shared();
        TopicAdmin.ensure(stack.bootstrapServers(), Duration.ofSeconds(30));
        PackagedService.BackingServices backing = PackagedService.BackingServices.of(stack, BUCKET, folder);
        System.setProperty("ai.djl.pytorch.num_threads", "1");
        System.setProperty("ai.djl.pytorch.num_interop_threads", "1");
        List<PackagedService> services = new ArrayList<>();
        try (MinioArtifactStore store = new MinioArtifactStore(stack.settings(BUCKET));
                EventLog statuses = new EventLog(stack.bootstrapServers(), Topic.EXPERIMENT_STATUS);
                EventLog answers = new EventLog(stack.bootstrapServers(), Topic.ADVERSARIAL_BATCHES);
                EventLog checkpoints = new EventLog(stack.bootstrapServers(), Topic.CHECKPOINTS)) {
            DatasetRef dataset = SmallDataset.into(store, SmallDataset.write(folder, 60, 16, 16));
            ExperimentCommand.Submit submit = submit(store, dataset);
            services.add(PackagedService.start("trainer-service", "growing-trainer", backing));
            services.add(PackagedService.start("augment-service", "growing-augment", backing));
            services.add(PackagedService.start(
                    "attack-service", "growing-1", backing, Map.of("RTDA_SIMULATED_DEVICE_MILLIS_PER_IMAGE", "1000")));
            services.forEach(PackagedService::awaitReady);
            statuses.send(EventRecords.keyed(Topic.EXPERIMENTS, submit.experimentId(), submit));
            // of the 27 shards that it would need three minutes for
            ConsumerRecord<String, byte[]> first =
                    answers.awaitRecord(PATIENCE, record -> record.key().startsWith(submit.experimentId() + "/"));
            services.add(PackagedService.start("attack-service", "growing-2", backing));
            services.add(PackagedService.start("attack-service", "growing-3", backing));
            Set<String> workers = new HashSet<>();
            workers.add(EventCodec.read(first.value(), BatchAnswer.class).worker());
            answers.awaitRecord(PATIENCE, record -> {
                // by its key: other tests of the same broker leave records that cannot be read
                if (record.key().startsWith(submit.experimentId() + "/")) {
                    workers.add(
                            EventCodec.read(record.value(), BatchAnswer.class).worker());
                }
                return workers.size() == 3;
            });
            ExperimentStatus end = statuses.await(
                    ExperimentStatus.class,
                    PATIENCE,
                    status -> status.experimentId().equals(submit.experimentId())
                            && status.state().isFinal());
            assertThat(end.state()).as(end.reason()).isEqualTo(State.TRAINED);
            CheckpointSaved last = checkpoints.await(
                    CheckpointSaved.class,
                    PATIENCE,
                    checkpoint -> checkpoint.experimentId().equals(submit.experimentId()) && checkpoint.last());
            assertThat(last.weights().sha256()).isEqualTo(inProcess(store, submit));
        } finally {
            services.forEach(PackagedService::close);
        }
    }

    private static String inProcess(MinioArtifactStore store, ExperimentCommand.Submit submit) {
        InMemoryArtifactStore local = new InMemoryArtifactStore();
        for (String key : store.list("datasets/")) {
            local.put(key, store.find(key).orElseThrow());
        }
        try (TorchEngine engine = TorchEngine.start("cpu");
                InProcessTraining training = new InProcessTraining(engine, local)) {
            return training.run(submit).weights().sha256();
        }
    }

    /** 60 images in batches of 20: 3 steps an epoch, 3 epochs, 3 shards, of which one takes 7 s; crafting takes far less. */
    private static ExperimentCommand.Submit submit(MinioArtifactStore store, DatasetRef dataset) {
        ExperimentSpec spec = ExperimentSpec.builder()
                .dataset("small")
                .method("adversarial")
                .network("resnet8")
                .epochs(3)
                .batchSize(20)
                .seed(5L)
                .lookahead(1)
                .shards(3)
                .attack(AttackSettings.builder().steps(1).build())
                .build()
                .resolvedFor(new Datasets(store).list().get(0));
        return new ExperimentCommand.Submit(
                "growing/submit", Instant.now(), Event.SCHEMA_VERSION, "growing", spec, dataset);
    }
}
