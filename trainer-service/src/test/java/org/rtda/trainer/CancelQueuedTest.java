package org.rtda.trainer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.junit.jupiter.api.Test;
import org.rtda.contracts.CheckpointSaved;
import org.rtda.contracts.ExperimentAttempt;
import org.rtda.contracts.ExperimentAttempt.Phase;
import org.rtda.contracts.ExperimentCommand;
import org.rtda.contracts.ExperimentStatus;
import org.rtda.contracts.ExperimentStatus.State;
import org.rtda.contracts.check.Event;
import org.rtda.store.ArtifactCorruptException;
import org.rtda.store.InMemoryArtifactStore;
import org.rtda.trainer.telemetry.TrainerMeters;

class CancelQueuedTest {
    private final InMemoryArtifactStore store = new InMemoryArtifactStore();
    private final Attempts attempts = new Attempts();
    private final List<ExperimentAttempt> noted = new ArrayList<>();
    private final List<Long> claimed = new ArrayList<>();
    private final RunControl stopped = new RunControl();
    private Runnable whileClaiming = () -> {};
    private Runnable whileNoting = () -> {};

    private static ExperimentAttempt word(long attempt, Phase phase, ExperimentStatus outcome) {
        return new ExperimentAttempt(
                "e/" + attempt + "/" + phase,
                Instant.EPOCH,
                Event.SCHEMA_VERSION,
                "e",
                attempt,
                "trainer-" + attempt,
                phase,
                0,
                outcome);
    }

    private static ExperimentStatus trained(long attempt) {
        return ExperimentStatus.builder()
                .id("e/" + attempt + "/TRAINED")
                .time(Instant.EPOCH)
                .experimentId("e")
                .attempt(attempt)
                .state(State.TRAINED)
                .step(9)
                .totalSteps(9)
                .epoch(3)
                .trainer("t")
                .device("cpu")
                .objective("CE")
                .build();
    }

    private final class Owned implements Ownership {
        private final long attempt = attempts.last("e") + 1;

        private Owned() {
            claimed.add(attempt);
            whileClaiming.run();
        }

        @Override
        public long attempt() {
            return attempt;
        }

        @Override
        public void publish(List<ProducerRecord<String, byte[]>> records) {
            throw new AssertionError(records);
        }

        @Override
        public void note(Phase phase, long step, ExperimentStatus outcome) {
            whileNoting.run();
            if (attempts.last("e") > attempt) {
                throw new OwnershipLostException("e", attempt);
            }
            noted.add(word(attempt, phase, outcome));
            attempts.receive(word(attempt, phase, outcome));
        }

        @Override
        public void check() {
            throw new AssertionError("not asked here");
        }

        @Override
        public void close() {
            // nothing is open
        }
    }

    private void cancel() {
        cancel(Duration.ZERO);
    }

    private void cancel(Duration patience) {
        try {
            cancelQueued(patience).cancel("e", stopped);
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    private CancelQueued cancelQueued(Duration patience) {
        Training untrained = new Training() {
            @Override
            public CheckpointSaved run(ExperimentCommand.Submit experiment, long attempt, RunControl told) {
                throw new AssertionError("nobody was to train");
            }

            @Override
            public Optional<CheckpointSaved> latest(String experimentId) {
                throw new ArtifactCorruptException("checkpoint.json", "JSON", "something else");
            }

            @Override
            public Optional<ExperimentStatus> lastTold(String experimentId) {
                throw new AssertionError("of the run under way");
            }

            @Override
            public String deviceName() {
                return "cpu";
            }
        };
        return new CancelQueued(
                untrained,
                store,
                attempts,
                (id, atLeast, step, told) -> new Owned(),
                "trainer",
                new TrainerMeters(new SimpleMeterRegistry(), System::nanoTime),
                patience);
    }

    @Test
    void aRunThatNobodyHasBegunIsCancelledOnceAndItsCheckpointNeedNotBeReadable() {
        cancel();
        cancel();
        assertThat(noted).singleElement().satisfies(word -> {
            assertThat(word.phase()).isEqualTo(Phase.ENDED);
            assertThat(word.outcome().state()).isEqualTo(State.CANCELLED);
            assertThat(word.outcome().attempt()).isEqualTo(1);
            assertThat(word.outcome().step()).isZero();
        });
        assertThat(claimed).containsExactly(1L);
    }

    @Test
    void aRunThatItsTrainerLeftToOthersIsCancelledAndWhatItLeftIsRemoved() {
        attempts.receive(word(1, Phase.LEFT, null));
        store.put("transient/e/1/weights-3.safetensors", new byte[] {1});
        cancel();
        assertThat(noted).extracting(ExperimentAttempt::attempt).containsExactly(2L);
        assertThat(store.list("transient/e/")).isEmpty();
    }

    /** Workers may have answered its requests since, and whoever ended it may have died before it removed anything. */
    @Test
    void whatARunThatHasEndedLeftIsRemovedAndWhatEvaluationsNeedIsNot() {
        attempts.receive(word(2, Phase.ENDED, trained(2)));
        store.put("transient/e/1/4/adversarial/0.f32", new byte[] {1});
        store.put("transient/e/2/weights-3.safetensors", new byte[] {1});
        store.put("transient/e/evaluations/epoch-00001/1/0/epoch-00001-clean/0.f32", new byte[] {1});
        cancel();
        assertThat(claimed).isEmpty();
        assertThat(store.list("transient/e/"))
                .containsExactly("transient/e/evaluations/epoch-00001/1/0/epoch-00001-clean/0.f32");
    }

    @Test
    void aRunThatATrainerHasBegunIsLeftToItWhileItEndsIt() throws Exception {
        attempts.receive(word(1, Phase.BEGUN, null));
        ExecutorService canceller = Executors.newSingleThreadExecutor();
        try {
            Future<?> cancelled = canceller.submit(() -> cancel(Duration.ofMinutes(5)));
            attempts.receive(word(1, Phase.ENDED, trained(1)));
            cancelled.get();
        } finally {
            canceller.shutdownNow();
        }
        assertThat(claimed).isEmpty();
    }

    /** Nobody else may be free for hours to take the run up. */
    @Test
    void aRunWhoseTrainerDiedBeforeItHeardOfTheCancelIsCancelledOnceAllTheSame() {
        attempts.receive(word(1, Phase.BEGUN, null));
        cancel();
        cancel();
        assertThat(noted).singleElement().satisfies(word -> {
            assertThat(word.attempt()).isEqualTo(2);
            assertThat(word.outcome().state()).isEqualTo(State.CANCELLED);
        });
    }

    @Test
    void aTrainerThatLeavesTheRunIsNotWaitedForAnyLonger() throws Exception {
        attempts.receive(word(1, Phase.BEGUN, null));
        ExecutorService canceller = Executors.newSingleThreadExecutor();
        try {
            Future<?> cancelled = canceller.submit(() -> cancel(Duration.ofMinutes(5)));
            attempts.receive(word(1, Phase.LEFT, null));
            cancelled.get();
        } finally {
            canceller.shutdownNow();
        }
        assertThat(noted).extracting(ExperimentAttempt::attempt).containsExactly(2L);
    }

    @Test
    void whoIsStoppedWhileItWaitsForATrainerLeavesTheCancelToOthers() {
        attempts.receive(word(1, Phase.BEGUN, null));
        stopped.handOver();
        assertThatThrownBy(() -> cancel(Duration.ofMinutes(5))).isInstanceOf(TrainingStoppedException.class);
        assertThat(claimed).isEmpty();
    }

    @Test
    void whatHasEndedMeanwhileStaysAsItIs() {
        whileClaiming = () -> attempts.receive(word(1, Phase.ENDED, trained(1)));
        cancel();
        assertThat(claimed).containsExactly(1L);
        assertThat(noted).isEmpty();
    }

    @Test
    void whoeverBeginsTheRunMeanwhileHasTheOnlyWordUnlessItDiesToo() {
        whileNoting = () -> {
            whileNoting = () -> {};
            attempts.receive(word(2, Phase.BEGUN, null));
        };
        cancel();
        assertThat(claimed).containsExactly(1L, 3L);
        assertThat(noted).extracting(ExperimentAttempt::attempt).containsExactly(3L);
    }
}
