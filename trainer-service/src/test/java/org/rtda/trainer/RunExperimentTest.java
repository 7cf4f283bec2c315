package org.rtda.trainer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.junit.jupiter.api.Test;
import org.rtda.contracts.CheckpointSaved;
import org.rtda.contracts.EventCodec;
import org.rtda.contracts.ExperimentAttempt;
import org.rtda.contracts.ExperimentAttempt.Phase;
import org.rtda.contracts.ExperimentCommand;
import org.rtda.contracts.ExperimentSpec;
import org.rtda.contracts.ExperimentStatus;
import org.rtda.contracts.ExperimentStatus.State;
import org.rtda.contracts.check.Event;
import org.rtda.contracts.dataset.DatasetRef;
import org.rtda.contracts.dataset.ObjectRef;
import org.rtda.messaging.Work;
import org.rtda.store.ArtifactMissingException;
import org.rtda.store.ArtifactStore;
import org.rtda.store.ArtifactStoreUnavailableException;
import org.rtda.store.InMemoryArtifactStore;

class RunExperimentTest {
    private final InMemoryArtifactStore store = new InMemoryArtifactStore();
    private ArtifactStore used = store;
    private final Attempts attempts = new Attempts();
    private final RunControl control = new RunControl();
    private final List<ExperimentAttempt> noted = new ArrayList<>();
    private Supplier<CheckpointSaved> training = () -> {
        throw new AssertionError("nobody was to train");
    };

    /** Takes the next attempt and writes down what is noted. */
    private final class Owned implements Ownership {
        private final long attempt = attempts.last("e") + 1;

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
            ExperimentAttempt word = word(attempt, phase, outcome);
            noted.add(word);
            attempts.receive(word);
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

    private Work.End run() {
        Training played = new Training() {
            @Override
            public CheckpointSaved run(ExperimentCommand.Submit experiment, long attempt, RunControl told) {
                return training.get();
            }

            @Override
            public Optional<CheckpointSaved> latest(String experimentId) {
                return Optional.empty();
            }

            @Override
            public Optional<ExperimentStatus> lastTold(String experimentId) {
                return Optional.empty();
            }

            @Override
            public String deviceName() {
                return "cpu";
            }
        };
        ExperimentSpec spec = EventCodec.read(
                "{\"dataset\":\"d\",\"network\":\"resnet8\",\"method\":\"erm\"}".getBytes(StandardCharsets.UTF_8),
                ExperimentSpec.class);
        ExperimentCommand.Submit submit = new ExperimentCommand.Submit(
                "e/submit",
                Instant.EPOCH,
                Event.SCHEMA_VERSION,
                "e",
                spec,
                new DatasetRef("d", new ObjectRef("datasets/d/manifest.json", "00", 1)));
        return new RunExperiment(
                        played,
                        used,
                        owned -> {},
                        attempts,
                        (id, atLeast, step, told) -> new Owned(),
                        "trainer",
                        new TrainerMeters(new SimpleMeterRegistry(), System::nanoTime))
                .run(submit, control);
    }

    private ExperimentStatus onlyOutcome() {
        assertThat(noted).singleElement().extracting(ExperimentAttempt::phase).isEqualTo(Phase.ENDED);
        return noted.get(0).outcome();
    }

    @Test
    void anExperimentThatHasEndedIsNotRunAgain() {
        run(() -> {
            throw new TrainingFailedException("the first time");
        });
        noted.clear();
        training = () -> {
            throw new AssertionError("run again");
        };
        // left by a trainer that died after it had told of the end
        store.put("transient/e/1/weights-3.safetensors", new byte[] {1});
        assertThat(run()).isEqualTo(Work.End.DONE);
        assertThat(noted).isEmpty();
        assertThat(store.list("transient/e/")).isEmpty();
    }

    /** Else three trainers would seem to have died of the run. */
    @Test
    void aStoreThatDoesNotRemoveWhatDeadTrainersLeftKeepsNobodyFromTraining() {
        attempts.receive(word(1, Phase.BEGUN, null));
        store.put("transient/e/1/weights-3.safetensors", new byte[] {1});
        used = new UndeletingStore(store);

        assertThat(run(() -> {
                    throw new TrainingFailedException("the end of a run that was trained");
                }))
                .isEqualTo(Work.End.DONE);
        assertThat(onlyOutcome().reason()).isEqualTo("the end of a run that was trained");
    }

    /** Reads and writes, and is not allowed to delete. */
    private record UndeletingStore(ArtifactStore inner) implements ArtifactStore {
        @Override
        public ObjectRef put(String key, byte[] content) {
            return inner.put(key, content);
        }

        @Override
        public byte[] get(ObjectRef ref) {
            return inner.get(ref);
        }

        @Override
        public Optional<byte[]> find(String key) {
            return inner.find(key);
        }

        @Override
        public List<String> list(String prefix) {
            return inner.list(prefix);
        }

        @Override
        public void delete(String key) {
            throw new ArtifactStoreUnavailableException("not allowed", null);
        }
    }

    private Work.End run(Supplier<CheckpointSaved> trained) {
        training = trained;
        return run();
    }

    @Test
    void aRunWhoseDataIsGoneFailsWithThatReason() {
        assertThat(run(() -> {
                    throw new ArtifactMissingException("datasets/d/manifest.json");
                }))
                .isEqualTo(Work.End.DONE);
        assertThat(onlyOutcome().state()).isEqualTo(State.FAILED);
        assertThat(onlyOutcome().reason()).isEqualTo("object datasets/d/manifest.json is missing from the store");
    }

    /** A store that is away says nothing about the experiment. */
    @Test
    void aRunWhoseStoreIsAwayIsLeftToOthers() {
        ArtifactStoreUnavailableException away = new ArtifactStoreUnavailableException("nobody there", null);
        assertThatThrownBy(() -> run(() -> {
                    throw away;
                }))
                .isSameAs(away);
        assertThat(noted).extracting(ExperimentAttempt::phase).containsExactly(Phase.LEFT);
    }

    @Test
    void aCancelledRunEndsAndAHandedOverOneIsLeft() {
        control.handOver();
        assertThat(run()).isEqualTo(Work.End.LEFT_TO_OTHERS);
        assertThat(noted).extracting(ExperimentAttempt::phase).containsExactly(Phase.LEFT);
    }

    @Test
    void aRunThatWasCancelledBeforeItsFirstStepIsCancelledWithoutOne() {
        control.cancel();
        assertThat(run()).isEqualTo(Work.End.DONE);
        assertThat(onlyOutcome().state()).isEqualTo(State.CANCELLED);
    }

    @Test
    void aRunThatPeopleNoLongerWantIsCancelledAlsoWhenThreeTrainersDiedOfIt() {
        for (long attempt = 1; attempt <= 3; attempt++) {
            attempts.receive(word(attempt, Phase.BEGUN, null));
        }
        control.cancel();
        assertThat(run()).isEqualTo(Work.End.DONE);
        assertThat(onlyOutcome().state()).isEqualTo(State.CANCELLED);
    }

    @Test
    void anOvertakenTrainerSaysNothing() {
        assertThat(run(() -> {
                    throw new OvertakenException("e", 1);
                }))
                .isEqualTo(Work.End.DONE);
        assertThat(noted).isEmpty();
    }

    @Test
    void aRunThatThreeTrainersDiedOfFailsWithTheirNames() {
        for (long attempt = 1; attempt <= 3; attempt++) {
            attempts.receive(word(attempt, Phase.BEGUN, null));
        }
        assertThat(run()).isEqualTo(Work.End.DONE);
        assertThat(onlyOutcome().state()).isEqualTo(State.FAILED);
        assertThat(onlyOutcome().reason())
                .startsWith("3 trainers died while they ran it (trainer-1, trainer-2, trainer-3)");
    }

    @Test
    void whatDeadTrainersLeftIsRemovedAndWhatEvaluationsNeedIsNot() {
        attempts.receive(word(1, Phase.BEGUN, null));
        store.put("transient/e/1/weights-3.safetensors", new byte[] {1});
        store.put("transient/e/evaluations/1/0/epoch-00001-clean/0.f32", new byte[] {1});
        run(() -> {
            assertThat(store.list("transient/e/"))
                    .containsExactly("transient/e/evaluations/1/0/epoch-00001-clean/0.f32");
            // answered by a worker after its trainer had died, and while this one worked
            store.put("transient/e/1/4/adversarial/0.f32", new byte[] {1});
            throw new TrainingFailedException("the end");
        });
        assertThat(store.list("transient/e/")).containsExactly("transient/e/evaluations/1/0/epoch-00001-clean/0.f32");
    }
}
