package org.rtda.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.rtda.contracts.ExperimentCommand;
import org.rtda.contracts.ExperimentSpec;
import org.rtda.contracts.check.Event;
import org.rtda.contracts.dataset.DatasetRef;
import org.rtda.contracts.settings.AttackSettings;
import org.rtda.nn.pytorch.engine.TorchEngine;
import org.rtda.store.Datasets;
import org.rtda.store.InMemoryArtifactStore;

class LookaheadInProcessTest {
    private static final int STEPS_PER_EPOCH = 8;

    @TempDir
    private Path folder;

    private final InMemoryArtifactStore store = new InMemoryArtifactStore();

    /** Further than the four steps for which augmented images are asked ahead anyway. */
    @Test
    void attacksFromAugmentedImagesCanBeCraftedSixStepsAhead() {
        ExperimentCommand.Submit six = submit("augmix-adversarial", 6);
        try (TorchEngine engine = TorchEngine.start("cpu");
                InProcessTraining training = new InProcessTraining(engine, store)) {
            assertThat(training.run(six).step()).isEqualTo(STEPS_PER_EPOCH);
        }
        assertThat(store.list("transient/")).isEmpty();
    }

    private ExperimentCommand.Submit submit(String method, int lookahead) {
        DatasetRef dataset = SmallDataset.into(store, SmallDataset.write(folder, 4 * STEPS_PER_EPOCH, 8, 8));
        ExperimentSpec spec = ExperimentSpec.builder()
                .dataset("small")
                .method(method)
                .network("resnet8")
                .epochs(1)
                .batchSize(4)
                .seed(1L)
                .lookahead(lookahead)
                .shards(2)
                .attack(AttackSettings.builder().steps(1).build())
                .build()
                .resolvedFor(new Datasets(store).list().get(0));
        return new ExperimentCommand.Submit(
                "ahead/submit", Instant.now(), Event.SCHEMA_VERSION, "ahead", spec, dataset);
    }
}
