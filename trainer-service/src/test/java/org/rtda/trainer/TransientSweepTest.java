package org.rtda.trainer;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.rtda.contracts.ExperimentAttempt;
import org.rtda.contracts.ExperimentAttempt.Phase;
import org.rtda.contracts.ExperimentStatus;
import org.rtda.contracts.ExperimentStatus.State;
import org.rtda.contracts.check.Event;
import org.rtda.store.InMemoryArtifactStore;

class TransientSweepTest {
    private final InMemoryArtifactStore store = new InMemoryArtifactStore();
    private final Attempts attempts = new Attempts();

    private static ExperimentAttempt word(String experiment, long attempt, Phase phase) {
        return new ExperimentAttempt(
                experiment + "/" + attempt + "/" + phase,
                Instant.EPOCH,
                Event.SCHEMA_VERSION,
                experiment,
                attempt,
                "trainer-1",
                phase,
                0,
                phase == Phase.ENDED ? cancelled(experiment, attempt) : null);
    }

    private static ExperimentStatus cancelled(String experiment, long attempt) {
        return ExperimentStatus.builder()
                .id(experiment + "/" + attempt + "/CANCELLED")
                .time(Instant.EPOCH)
                .experimentId(experiment)
                .attempt(attempt)
                .state(State.CANCELLED)
                .step(0)
                .totalSteps(0)
                .epoch(0)
                .trainer("trainer-1")
                .build();
    }

    @Test
    void whatAttemptsAtEndedExperimentsLeftIsRemovedAndNothingElse() {
        attempts.receive(word("ended", 1, Phase.BEGUN));
        attempts.receive(word("ended", 2, Phase.ENDED));
        attempts.receive(word("running", 1, Phase.BEGUN));
        List<String> kept = List.of(
                "transient/ended/evaluations/epoch-00001/1/0/epoch-00001-clean/0.f32",
                "transient/running/1/4/augmix-1/0.f32",
                "transient/unheard-of/1/4/augmix-1/0.f32");
        kept.forEach(key -> store.put(key, new byte[] {1}));
        store.put("transient/ended/1/4/augmix-1/0.f32", new byte[] {1});
        store.put("transient/ended/2/weights-3.safetensors", new byte[] {1});
        store.put("experiments/ended/checkpoints/epoch-00001/attempt-1/checkpoint.json", new byte[] {1});

        new TransientSweep(store, attempts).run();

        assertThat(store.list("transient/")).containsExactlyElementsOf(kept);
        assertThat(store.list("experiments/")).hasSize(1);
    }
}
