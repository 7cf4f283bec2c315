package org.rtda.trainer;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.lang.reflect.Proxy;
import java.nio.file.Path;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.rtda.contracts.AttackRequest;
import org.rtda.contracts.AugmentRequest;
import org.rtda.contracts.BatchAnswer;
import org.rtda.contracts.CheckpointSaved;
import org.rtda.contracts.ExperimentCommand;
import org.rtda.contracts.ExperimentStatus;
import org.rtda.contracts.TrainingMetric;
import org.rtda.contracts.dataset.ObjectRef;
import org.rtda.nn.pytorch.engine.TorchEngine;
import org.rtda.store.ArtifactStore;
import org.rtda.store.DatasetReader;
import org.rtda.store.InMemoryArtifactStore;
import org.rtda.store.Payloads;

/** What goes on while the trainer reads a batch. A run in which the one would wait for the other does not end. */
class StepReadsTest {
    private static final long PATIENCE_SECONDS = 60;

    private static TorchEngine engine;

    @TempDir
    Path folder;

    @BeforeAll
    static void start() {
        engine = TorchEngine.start("cpu");
    }

    @AfterAll
    static void stop() {
        engine.close();
    }

    /** Two steps of two shards. */
    private String weightsAfter(String method, Watched watched, TrainerEvents events) throws IOException {
        ExperimentCommand.Submit experiment = MadeAnewTest.experiment(folder, watched.store, method, "");
        ArtifactStore read = (ArtifactStore) Proxy.newProxyInstance(
                ArtifactStore.class.getClassLoader(),
                new Class<?>[] {ArtifactStore.class},
                (proxy, call, arguments) -> {
                    if (call.getName().equals("read")) {
                        watched.reading(((ObjectRef) arguments[0]).key());
                    }
                    return call.invoke(watched.store, arguments);
                });
        return new TrainExperiment(
                        engine,
                        watched.store,
                        new DatasetReader(watched.store, 0),
                        new Payloads(read, 0),
                        watched,
                        events,
                        "trainer")
                .run(experiment, 7, new RunControl())
                .weights()
                .sha256();
    }

    /** The answer in the third column is awaited while the batch in the second is still read. */
    @ParameterizedTest
    @CsvSource({
        // the views of a step
        "rtda, exp-1/7/0/augmix/0, exp-1/7/0/adversarial/0",
        // what the attacks of a step start from
        "augmix-adversarial, exp-1/7/0/augmix/0, exp-1/7/0/augmix/1",
        "augmix-adversarial, exp-1/7/1/augmix/0, exp-1/7/1/augmix/1"
    })
    void noAnswerIsAwaitedAfterAReadThatItDoesNotNeed(String method, String batch, String answer) throws IOException {
        CountDownLatch awaited = new CountDownLatch(1);
        Watched watched = new Watched(true) {
            @Override
            void reading(String key) {
                if (key.equals("transient/" + batch + ".f32")) {
                    requireReached(awaited);
                }
            }

            @Override
            void awaiting(String id) {
                if (id.equals(answer)) {
                    awaited.countDown();
                }
            }
        };

        assertThat(weightsAfter(method, watched, new Events())).isNotNull();
    }

    /** A step's metric is published after it was computed, and before the next step is gathered. */
    @Test
    void theAugmentedBatchesOfTheNextStepAreReadWhileAStepComputes() throws IOException {
        CountDownLatch read = new CountDownLatch(2);
        Watched watched = new Watched(true) {
            @Override
            void reading(String key) {
                if (key.startsWith("transient/exp-1/7/1/augmix/")) {
                    read.countDown();
                }
            }
        };

        assertThat(weightsAfter("rtda", watched, new Events() {
                    @Override
                    public void metric(TrainingMetric metric) {
                        requireReached(read);
                    }
                }))
                .isNotNull();
    }

    @ParameterizedTest
    @ValueSource(strings = {"rtda", "augmix-adversarial"})
    void theWeightsAreTheSameWhetherOrNotABatchWasThereBeforeItsStep(String method) throws IOException {
        String early = weightsAfter(method, new Watched(true), new Events());
        assertThat(weightsAfter(method, new Watched(false), new Events())).isEqualTo(early);
    }

    private static void requireReached(CountDownLatch latch) {
        try {
            assertThat(latch.await(PATIENCE_SECONDS, TimeUnit.SECONDS)).isTrue();
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    private static class Watched implements WorkExchange {
        private final InMemoryArtifactStore store = new InMemoryArtifactStore();
        private final MadeAnewTest.LossyWorkers workers =
                new MadeAnewTest.LossyWorkers(store, "nothing is lost", null, 0);
        private final boolean answersEarly;

        Watched(boolean answersEarly) {
            this.answersEarly = answersEarly;
        }

        void reading(String key) {
            // a test may look
        }

        void awaiting(String id) {
            // a test may look
        }

        @Override
        public void request(AugmentRequest request) {
            workers.request(request);
        }

        @Override
        public void request(AttackRequest request) {
            workers.request(request);
        }

        @Override
        public BatchAnswer.Ready await(String requestId, RunControl control) {
            awaiting(requestId);
            return workers.await(requestId, control);
        }

        @Override
        public boolean isReady(String requestId) {
            return answersEarly && workers.isReady(requestId);
        }

        @Override
        public void forgetAll() {
            workers.forgetAll();
        }
    }

    private static class Events implements TrainerEvents {
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
            // a test may look
        }

        @Override
        public void checkpoint(CheckpointSaved checkpoint) {
            // not looked at here
        }
    }
}
