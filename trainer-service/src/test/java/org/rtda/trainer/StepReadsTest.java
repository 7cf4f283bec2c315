package org.rtda.trainer;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Set;
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
import org.rtda.contracts.TrainingMetric;
import org.rtda.nn.pytorch.engine.TorchEngine;
import org.rtda.store.InMemoryArtifactStore;

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
        return TwoStepRun.train(
                        engine,
                        watched.store,
                        TwoStepRun.watched(watched.store, Set.of("read"), watched::reading),
                        watched,
                        events,
                        TwoStepRun.experiment(folder, watched.store, method, ""))
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

        assertThat(weightsAfter(method, watched, new TwoStepRun.SilentEvents())).isNotNull();
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

        assertThat(weightsAfter("rtda", watched, new TwoStepRun.SilentEvents() {
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
        String early = weightsAfter(method, new Watched(true), new TwoStepRun.SilentEvents());
        assertThat(weightsAfter(method, new Watched(false), new TwoStepRun.SilentEvents()))
                .isEqualTo(early);
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
        private final LossyWorkers workers = new LossyWorkers(store);
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
}
