package org.rtda.trainer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.rtda.contracts.CheckpointSaved;
import org.rtda.contracts.ExperimentStatus;
import org.rtda.contracts.TrainingMetric;
import org.rtda.nn.pytorch.engine.TorchEngine;
import org.rtda.nn.pytorch.method.View;
import org.rtda.store.DatasetReader;
import org.rtda.store.InMemoryArtifactStore;
import org.rtda.store.Payloads;
import org.rtda.trainer.telemetry.StepWaits;

class StepWaitsTest {
    @Test
    void waitsAreSummedByWhatWorkersMakeAndAFailureCountsToo() {
        Iterator<Long> clock = List.of(1_000_000L, 3_500_000L, 4_000_000L, 5_000_000L, 9_000_000L, 9_250_000L)
                .iterator();
        StepWaits waits = new StepWaits(clock::next);

        assertThat(waits.during(View.Kind.AUGMIX, () -> "images")).isEqualTo("images");
        waits.during(View.Kind.ADVERSARIAL, () -> "images");
        assertThatThrownBy(() -> waits.during(View.Kind.AUGMIX, () -> {
                    throw new TrainingStoppedException("the trainer is shutting down");
                }))
                .isInstanceOf(TrainingStoppedException.class);

        assertThat(waits.augmentMillis()).isEqualTo(2.5 + 0.25);
        assertThat(waits.attackMillis()).isEqualTo(1);
    }

    /** The attack starts from AugMix images: they are awaited before it is asked for, not with the step's views. */
    @Test
    void whatAnAttackStartsFromIsWaitedForToo(@TempDir Path folder) throws IOException {
        InMemoryArtifactStore store = new InMemoryArtifactStore();
        List<TrainingMetric> metrics = new ArrayList<>();
        try (TorchEngine engine = TorchEngine.start("cpu")) {
            new TrainExperiment(
                            engine,
                            store,
                            new DatasetReader(store, 0),
                            new Payloads(store, 0),
                            new MadeAnewTest.LossyWorkers(store, "nothing", null, 0),
                            new MetricsAlone(metrics),
                            "trainer")
                    .run(MadeAnewTest.experiment(folder, store, "augmix-adversarial", ""), 7, new RunControl());
        }
        assertThat(metrics).hasSize(2);
        TrainingMetric first = metrics.get(0);
        assertThat(first.augmentWaitMillis()).isPositive();
        assertThat(first.attackWaitMillis()).isPositive();
        // of the second step everything was there when the first had ended
        assertThat(metrics.get(1).augmentWaitMillis()).isZero();
        assertThat(metrics).allSatisfy(m -> assertThat(m.waitMillis())
                .isEqualTo(m.augmentWaitMillis() + m.attackWaitMillis())
                .isLessThanOrEqualTo(m.stepMillis()));
    }

    private record MetricsAlone(List<TrainingMetric> metrics) implements TrainerEvents {
        @Override
        public void requireOwned() {
            // nobody else is there
        }

        @Override
        public void status(ExperimentStatus status) {
            // not looked at here
        }

        @Override
        public void metric(TrainingMetric metric) {
            metrics.add(metric);
        }

        @Override
        public void checkpoint(CheckpointSaved checkpoint) {
            // not looked at here
        }
    }
}
