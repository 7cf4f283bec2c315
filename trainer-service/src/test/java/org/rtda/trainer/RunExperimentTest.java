package org.rtda.trainer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.eclipse.microprofile.health.HealthCheckResponse;
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
import org.rtda.service.DeviceFailureException;
import org.rtda.service.DeviceHealth;
import org.rtda.service.MemoryShortageException;
import org.rtda.service.ProgressStore;
import org.rtda.service.WorkProgress;
import org.rtda.store.ArtifactMissingException;
import org.rtda.store.ArtifactStore;
import org.rtda.store.ArtifactStoreUnavailableException;
import org.rtda.store.InMemoryArtifactStore;
import org.rtda.testkit.ConfigMappings;
import org.rtda.testkit.ForwardingStore;
import org.rtda.trainer.telemetry.TrainerMeters;

class RunExperimentTest {
    private final InMemoryArtifactStore store = new InMemoryArtifactStore();
    private ArtifactStore used = store;
    private final Attempts attempts = new Attempts();
    private final RunControl control = new RunControl();
    private final List<ExperimentAttempt> noted = new ArrayList<>();
    private final AtomicLong now = new AtomicLong();
    private final WorkProgress progress = new WorkProgress(now::get);
    private DeviceHealth device = DeviceHealth.well();
    private Ownership owned;
    private RunExperiment experiment;
    private Runnable askedOfTheBroker = () -> {
        throw new AssertionError("not asked here");
    };
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
            askedOfTheBroker.run();
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
        experiment = new RunExperiment(
                played,
                used,
                owned -> {},
                attempts,
                (id, atLeast, step, told) -> {
                    owned = Ownership.saying(new Owned(), progress);
                    return owned;
                },
                "trainer",
                new TrainerMeters(new SimpleMeterRegistry(), System::nanoTime),
                device,
                progress);
        return experiment.run(submit, control);
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
    private static final class UndeletingStore extends ForwardingStore {
        private UndeletingStore(ArtifactStore inner) {
            super(inner);
        }

        @Override
        public void delete(String key) {
            throw new ArtifactStoreUnavailableException("not allowed", null);
        }
    }

    private void pass(Duration time) {
        now.addAndGet(time.toNanos());
    }

    private boolean isLive() {
        TrainerConfig config = ConfigMappings.of(TrainerConfig.class, Map.of("rtda.instance", "trainer"), Map.of());
        return new TrainerWiring().runMoves(progress, config).call().getStatus() == HealthCheckResponse.Status.UP;
    }

    @Test
    void aTrainerWhoseRunDoesNotMoveForMoreThanHalfAnHourIsDead() {
        pass(Duration.ofHours(5));
        assertThat(isLive()).as("without a run").isTrue();
        run(() -> {
            pass(Duration.ofMinutes(30));
            assertThat(isLive()).isTrue();
            pass(Duration.ofSeconds(1));
            assertThat(isLive()).isFalse();
            progress.moved();
            assertThat(isLive()).as("after a step").isTrue();
            throw new TrainingFailedException("the end");
        });
        pass(Duration.ofHours(5));
        assertThat(isLive()).as("after the run").isTrue();
    }

    /** To start the trainer again would not bring the broker back. */
    @Test
    void aTrainerThatWaitsForTheBrokerLivesHoweverLong() {
        askedOfTheBroker = () -> {
            pass(Duration.ofHours(5));
            assertThat(isLive()).isTrue();
        };
        run(() -> {
            owned.check();
            pass(Duration.ofMinutes(30).plusSeconds(1));
            assertThat(isLive()).as("from then on it is to move").isFalse();
            throw new TrainingFailedException("the end");
        });
    }

    @Test
    void theAnswersOfASlowStoreAreMovements() {
        ProgressStore slow = new ProgressStore(store, progress);
        run(() -> {
            for (int call = 0; call < 10; call++) {
                pass(Duration.ofMinutes(5));
                slow.find("datasets/d/manifest.json");
            }
            assertThat(isLive()).isTrue();
            throw new TrainingFailedException("the end");
        });
    }

    /** As a device whose memory is broken: it says "not finite", and every other trainer could train. */
    @Test
    void aRunThatBreaksOnASickDeviceIsLeftToOthersAndNothingElseIsBegunHere() {
        device = new DeviceHealth("gpu(0)", () -> {
            throw new IllegalStateException("an illegal memory access was encountered");
        });

        assertThatThrownBy(() -> run(() -> {
                    throw new TrainingFailedException("loss is not finite");
                }))
                .isInstanceOf(DeviceFailureException.class);
        assertThat(noted).extracting(ExperimentAttempt::phase).containsExactly(Phase.LEFT);
        assertThatThrownBy(() -> run(() -> {
                    throw new AssertionError("begun");
                }))
                .isInstanceOf(DeviceFailureException.class);
    }

    @Test
    void anErrorOfNativeCodeOnASickDeviceIsTheDevicesToo() {
        device = new DeviceHealth("gpu(0)", () -> {
            throw new UnsatisfiedLinkError("libtorch");
        });

        assertThatThrownBy(() -> run(() -> {
                    throw new UnsatisfiedLinkError("libtorch");
                }))
                .isInstanceOf(DeviceFailureException.class);
        assertThat(noted).extracting(ExperimentAttempt::phase).containsExactly(Phase.LEFT);
    }

    /** As when other processes have the memory for a while. */
    @Test
    void aRunThatNativeCodeHasNoMemoryForIsLeftToOthersAndFailsWithTheThirdAttempt() {
        IllegalStateException shortage = new IllegalStateException(
                "DefaultCPUAllocator: can't allocate memory: you tried to allocate 4096 bytes");
        for (long attempt = 1; attempt <= 2; attempt++) {
            assertThatThrownBy(() -> run(() -> {
                        throw shortage;
                    }))
                    .isInstanceOf(MemoryShortageException.class)
                    .hasMessageContaining("you tried to allocate 4096 bytes");
            assertThat(noted).isEmpty();
            attempts.receive(word(attempt, Phase.BEGUN, null));
        }

        assertThat(run(() -> {
                    throw shortage;
                }))
                .isEqualTo(Work.End.DONE);
        assertThat(onlyOutcome().state()).isEqualTo(State.FAILED);
        assertThat(onlyOutcome().reason()).contains("can't allocate memory: you tried to allocate 4096 bytes");
    }

    /** Java throws an error where native code throws an exception. */
    @Test
    void aShortageOfJavasOwnMemoryEndsAsThatOfNativeCodeDoes() {
        for (long attempt = 1; attempt <= 2; attempt++) {
            assertThatThrownBy(() -> run(() -> {
                        throw new OutOfMemoryError("Cannot reserve 4096 bytes of direct buffer memory");
                    }))
                    .isInstanceOf(MemoryShortageException.class);
            attempts.receive(word(attempt, Phase.BEGUN, null));
        }

        assertThat(run(() -> {
                    throw new OutOfMemoryError("Cannot reserve 4096 bytes of direct buffer memory");
                }))
                .isEqualTo(Work.End.DONE);
        assertThat(onlyOutcome().state()).isEqualTo(State.FAILED);
        assertThat(onlyOutcome().reason())
                .isEqualTo("there is no memory: Cannot reserve 4096 bytes of direct buffer memory");
    }

    /** Three workers have tried: another attempt of the trainer would only ask three more. */
    @Test
    void aWorkersAnswerAboutItsMemoryFailsTheRunAtOnce() {
        assertThat(run(() -> {
                    throw new TrainingFailedException(
                            "worker attack-1 cannot make view adversarial: DefaultCPUAllocator: can't allocate memory");
                }))
                .isEqualTo(Work.End.DONE);
        assertThat(onlyOutcome().state()).isEqualTo(State.FAILED);
        assertThat(onlyOutcome().reason()).startsWith("worker attack-1 cannot make view adversarial");
    }

    private static final String EPOCHS = "experiments/e/checkpoints/";

    private void wrote(String... keys) {
        for (String key : keys) {
            store.put(EPOCHS + key, new byte[] {1});
        }
    }

    @Test
    void whatAttemptsWroteOfAnEpochTheyDidNotFinishIsRemovedWithTheEndAndNoCheckpointIs() {
        attempts.receive(word(1, Phase.BEGUN, null));
        wrote("epoch-00001/attempt-1/weights.safetensors", "epoch-00001/attempt-1/checkpoint.json");
        wrote("epoch-00002/attempt-1/weights.safetensors");
        run(() -> {
            assertThat(store.list(EPOCHS)).hasSize(3);
            wrote("epoch-00002/attempt-2/weights.safetensors", "epoch-00002/attempt-2/checkpoint.json");
            wrote("epoch-00003/attempt-2/weights.safetensors");
            throw new TrainingFailedException("the end, in epoch 3");
        });

        assertThat(onlyOutcome().attempt()).isEqualTo(2);
        assertThat(store.list(EPOCHS))
                .containsExactly(
                        EPOCHS + "epoch-00001/attempt-1/checkpoint.json",
                        EPOCHS + "epoch-00001/attempt-1/weights.safetensors",
                        EPOCHS + "epoch-00002/attempt-2/checkpoint.json",
                        EPOCHS + "epoch-00002/attempt-2/weights.safetensors");
    }

    /** It may have slept until long after the end. */
    @Test
    void anOvertakenTrainerRemovesWhatItWroteItselfAndNothingOfOthers() {
        run(() -> {
            wrote("epoch-00001/attempt-1/weights.safetensors");
            wrote("epoch-00001/attempt-2/weights.safetensors");
            throw new OwnershipLostException("e", 1);
        });

        assertThat(store.list(EPOCHS)).containsExactly(EPOCHS + "epoch-00001/attempt-2/weights.safetensors");
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
                    throw new OwnershipLostException("e", 1);
                }))
                .isEqualTo(Work.End.DONE);
        assertThat(noted).isEmpty();
    }

    /** Three deployments in a row meet a step that takes longer than a trainer has to stop, and the processes end in it. */
    @Test
    void aRunWhoseTrainersWereStoppedInALongStepIsNotTakenForOneThatKillsThem() {
        for (int deployment = 1; deployment <= 3; deployment++) {
            assertThatThrownBy(() -> run(() -> {
                        attempts.receive(word(owned.attempt(), Phase.BEGUN, null));
                        experiment.leave();
                        throw new AssertionError("the process ends here");
                    }))
                    .isInstanceOf(AssertionError.class);
        }
        assertThat(noted).extracting(ExperimentAttempt::phase).containsExactly(Phase.LEFT, Phase.LEFT, Phase.LEFT);
        assertThat(attempts.lostAt("e", 0, 4)).isEmpty();
        noted.clear();

        run(() -> {
            throw new TrainingFailedException("trained on");
        });
        assertThat(onlyOutcome().reason()).isEqualTo("trained on");
    }

    /** The topic keeps the last word of an attempt alone: an end that another word replaced would be forgotten. */
    @Test
    void anAttemptThatHasEndedIsNotLeftByWhoStopsTheTrainer() {
        used = new ForwardingStore(store) {
            @Override
            public List<String> list(String prefix) {
                // after the end, when the leftovers are removed
                experiment.leave();
                return super.list(prefix);
            }
        };
        run(() -> {
            throw new TrainingFailedException("the end");
        });
        experiment.leave();

        assertThat(onlyOutcome().reason()).isEqualTo("the end");
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
        store.put("transient/e/evaluations/epoch-00001/1/0/epoch-00001-clean/0.f32", new byte[] {1});
        run(() -> {
            assertThat(store.list("transient/e/"))
                    .containsExactly("transient/e/evaluations/epoch-00001/1/0/epoch-00001-clean/0.f32");
            // answered by a worker after its trainer had died, and while this one worked
            store.put("transient/e/1/4/adversarial/0.f32", new byte[] {1});
            throw new TrainingFailedException("the end");
        });
        assertThat(store.list("transient/e/"))
                .containsExactly("transient/e/evaluations/epoch-00001/1/0/epoch-00001-clean/0.f32");
    }
}
