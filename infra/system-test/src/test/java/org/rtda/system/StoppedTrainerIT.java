package org.rtda.system;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;
import org.rtda.benchmarks.EventLog;
import org.rtda.benchmarks.PackagedService;
import org.rtda.benchmarks.SmallDataset;
import org.rtda.contracts.ExperimentAttempt;
import org.rtda.contracts.ExperimentAttempt.Phase;
import org.rtda.contracts.ExperimentCommand;
import org.rtda.contracts.ExperimentSpec;
import org.rtda.contracts.Topic;
import org.rtda.contracts.TrainingMetric;
import org.rtda.contracts.check.Event;
import org.rtda.contracts.dataset.DatasetRef;
import org.rtda.messaging.EventRecords;
import org.rtda.messaging.TopicAdmin;
import org.rtda.store.Datasets;
import org.rtda.store.MinioArtifactStore;
import org.rtda.testkit.LocalStack;

/** SIGTERM reaches a packaged trainer in a step that takes longer than the twenty seconds that it has for it. */
@EnabledIfSystemProperty(named = "rtda.long", matches = "true", disabledReason = "takes minutes: -Drtda.long=true")
class StoppedTrainerIT {
    private static final Duration PATIENCE = Duration.ofMinutes(10);
    private static final String BUCKET = "stopped-trainer";

    /** One native thread computes about 20 s for a step of so many; a trainer of 8 GiB takes at most 44. */
    private static final int BATCH = 40;

    /** Two steps: the end of the epoch must not come after the first. */
    private static final int IMAGES = 2 * BATCH;

    private static final int HEAP_MEGABYTES = 1024;

    @TempDir
    private Path folder;

    @Test
    void theRunIsLeftBeforeTheTrainerEndsAndTheNextTrainerGoesOnWithIt() throws Exception {
        List<PackagedService> trainers = new ArrayList<>();
        try (LocalStack stack = LocalStack.start();
                MinioArtifactStore store = new MinioArtifactStore(stack.settings(BUCKET))) {
            TopicAdmin.ensure(stack.bootstrapServers(), PATIENCE);
            DatasetRef dataset = SmallDataset.into(store, SmallDataset.write(folder, IMAGES, 16, 16));
            PackagedService.BackingServices backing = PackagedService.BackingServices.of(stack, BUCKET, folder);
            try (EventLog attempts = new EventLog(stack.bootstrapServers(), Topic.EXPERIMENT_ATTEMPTS);
                    EventLog steps = new EventLog(stack.bootstrapServers(), Topic.TRAINING_METRICS)) {
                ExperimentCommand.Submit submit = submit(store, dataset);
                trainers.add(trainer("stopped", backing));
                trainers.get(0).awaitReady();
                attempts.send(EventRecords.keyed(Topic.EXPERIMENTS, submit.experimentId(), submit));
                // the second begins at once
                steps.await(TrainingMetric.class, PATIENCE, metric -> metric.step() == 1);

                trainers.get(0).close();

                attempts.await(
                        ExperimentAttempt.class,
                        PATIENCE,
                        attempt -> attempt.attempt() == 1 && attempt.phase() == Phase.LEFT);
                assertThat(Files.readString(trainers.get(0).log()))
                        .contains("attempt 1 is left: its step takes longer than this trainer has to stop");
                trainers.add(trainer("next", backing));
                attempts.await(
                        ExperimentAttempt.class,
                        PATIENCE,
                        attempt -> attempt.attempt() == 2 && attempt.phase() == Phase.BEGUN);
                assertThat(steps.readToTheEnd(TrainingMetric.class, PATIENCE))
                        .as("the step was not over when its trainer ended")
                        .noneMatch(metric -> metric.step() == 2);
            } finally {
                // what the second trainer does with a step of its own is not looked at
                trainers.forEach(PackagedService::kill);
            }
        }
    }

    private static PackagedService trainer(String instance, PackagedService.BackingServices backing) {
        return PackagedService.start(
                "trainer-service", instance, backing, Map.of("RTDA_TRAINER_MEMORY", "8g"), List.of(), HEAP_MEGABYTES);
    }

    private static ExperimentCommand.Submit submit(MinioArtifactStore store, DatasetRef dataset) {
        ExperimentSpec spec = ExperimentSpec.builder()
                .dataset("small")
                .method("erm")
                .network("wide-resnet-50-2")
                .epochs(3)
                .batchSize(BATCH)
                .seed(5L)
                .build()
                .resolvedFor(new Datasets(store).list().get(0));
        return new ExperimentCommand.Submit(
                "stopped/submit", Instant.now(), Event.SCHEMA_VERSION, "stopped", spec, dataset);
    }
}
