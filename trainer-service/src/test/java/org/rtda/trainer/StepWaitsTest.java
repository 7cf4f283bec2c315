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
import org.rtda.contracts.TrainingMetric;
import org.rtda.nn.pytorch.engine.TorchEngine;
import org.rtda.nn.pytorch.method.View;
import org.rtda.store.InMemoryArtifactStore;
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
            TwoStepRun.train(
                    engine,
                    store,
                    store,
                    new LossyWorkers(store),
                    new TwoStepRun.SilentEvents() {
                        @Override
                        public void metric(TrainingMetric metric) {
                            metrics.add(metric);
                        }
                    },
                    TwoStepRun.experiment(folder, store, "augmix-adversarial", ""));
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
}
