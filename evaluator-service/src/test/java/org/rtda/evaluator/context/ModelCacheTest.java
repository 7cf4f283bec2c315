package org.rtda.evaluator.context;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.BrokenBarrierException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicReference;
import java.util.zip.CRC32C;
import org.junit.jupiter.api.Test;
import org.rtda.contracts.dataset.ObjectRef;
import org.rtda.core.ImageBatch;
import org.rtda.messaging.FailureKind;
import org.rtda.service.DeviceFailureException;
import org.rtda.service.DeviceHealth;
import org.rtda.service.MemoryShortageException;
import org.rtda.store.ArtifactMissingException;
import org.rtda.store.InMemoryArtifactStore;

class ModelCacheTest {
    private static final ImageBatch IMAGE = new ImageBatch(1, 1, 1, 1, new float[] {0.75f});

    private final InMemoryArtifactStore store = new InMemoryArtifactStore();
    private final List<EvaluatorFixtures.MeanModel> loaded = new ArrayList<>();
    private final ModelCache models = new ModelCache(
            store,
            bytes -> {
                if (bytes.length == 0) {
                    throw new IllegalArgumentException("empty");
                }
                EvaluatorFixtures.MeanModel model = new EvaluatorFixtures.MeanModel();
                loaded.add(model);
                return model;
            },
            2);

    private ObjectRef stored(String content) {
        return store.put("model-" + content, content.getBytes(java.nio.charset.StandardCharsets.UTF_8));
    }

    @Test
    void theModelUsedLongestAgoIsClosedWhenThereAreTooMany() {
        ObjectRef a = stored("a");
        ObjectRef b = stored("b");
        models.logits(a, IMAGE);
        models.logits(b, IMAGE);
        models.logits(a, IMAGE);
        models.logits(stored("c"), IMAGE);

        assertThat(loaded).extracting(model -> model.closed).containsExactly(false, true, false);
        models.logits(a, IMAGE);
        assertThat(loaded).hasSize(3);
    }

    /** Of a transient object the SHA-256 is not checked. */
    @Test
    void aModelUnderAnotherKeyIsAnotherModelWhateverSumItClaims() {
        ObjectRef model = stored("a");
        byte[] forged = {1};
        store.put("transient/forged/model", forged);
        CRC32C sum = new CRC32C();
        sum.update(forged);
        models.logits(
                new ObjectRef(
                        "transient/forged/model",
                        model.sha256(),
                        1,
                        HexFormat.of().toHexDigits((int) sum.getValue())),
                IMAGE);
        models.logits(model, IMAGE);

        assertThat(loaded).hasSize(2);
    }

    /** The model is not to blame, whose condition would have no figures for good. */
    @Test
    void aModelThatBreaksOnASickDeviceIsLeftToOtherEvaluators() {
        DeviceHealth sick = new DeviceHealth("cpu", () -> {
            throw new IllegalStateException("the native library is gone");
        });
        Classifier broken = new Classifier() {
            @Override
            public float[][] logits(ImageBatch images) {
                throw new IllegalStateException("ONNX Runtime failed");
            }

            @Override
            public void close() {
                // nothing is open
            }
        };
        ModelCache cache = new ModelCache(store, bytes -> broken, 1, sick);
        ObjectRef model = stored("a");

        assertThatThrownBy(() -> cache.logits(model, IMAGE))
                .isInstanceOf(DeviceFailureException.class)
                .satisfies(failure -> assertThat(FailureKind.of(failure)).isEqualTo(FailureKind.ENVIRONMENT));
        assertThat(sick.reason()).hasValueSatisfying(reason -> assertThat(reason)
                .startsWith("the device cpu does not compute: the native library is gone"));
    }

    /** A condition that failed for good because others took the memory for a moment would have no figures, ever. */
    @Test
    void aModelThatHasNoMemoryIsTriedAgainByOthersAfterTheCacheWasEmptied() {
        AtomicReference<RuntimeException> failure = new AtomicReference<>();
        List<EvaluatorFixtures.MeanModel> models = new ArrayList<>();
        ModelCache cache = new ModelCache(
                store,
                bytes -> {
                    EvaluatorFixtures.MeanModel mean = new EvaluatorFixtures.MeanModel();
                    models.add(mean);
                    return new Classifier() {
                        @Override
                        public float[][] logits(ImageBatch images) {
                            if (failure.get() != null) {
                                throw failure.get();
                            }
                            return mean.logits(images);
                        }

                        @Override
                        public void close() {
                            mean.close();
                        }
                    };
                },
                2);
        ObjectRef model = stored("a");
        cache.logits(stored("b"), IMAGE);
        failure.set(new IllegalStateException(
                "ONNX Runtime failed: Failed to allocate memory for requested buffer of size 4096"));

        assertThatThrownBy(() -> cache.logits(model, IMAGE))
                .isInstanceOf(MemoryShortageException.class)
                .hasMessageStartingWith("there is no memory to run the model at model-a: ONNX Runtime failed")
                .satisfies(shortage -> assertThat(FailureKind.of(shortage)).isEqualTo(FailureKind.UNKNOWN));
        assertThat(models).hasSize(2).allMatch(each -> each.closed);

        failure.set(null);
        assertThat(cache.logits(model, IMAGE)).hasDimensions(1, 2);
        assertThat(models).hasSize(3);
    }

    @Test
    void aModelForWhichThereIsNoMemoryToLoadItIsNoBrokenModel() {
        ModelCache cache = new ModelCache(
                store,
                bytes -> {
                    throw new IllegalStateException("ONNX Runtime refuses the model: std::bad_alloc");
                },
                1);

        assertThatThrownBy(() -> cache.logits(stored("a"), IMAGE)).isInstanceOf(MemoryShortageException.class);
    }

    @Test
    void severalRunsOfOneModelGoOnAtOnce() throws Exception {
        Meeting each = new Meeting(1);
        ModelCache twoAtOnce = new ModelCache(store, bytes -> each, 1);
        ObjectRef model = stored("a");

        CompletableFuture<float[][]> other = CompletableFuture.supplyAsync(() -> twoAtOnce.logits(model, IMAGE));

        // neither run ends before the other has begun
        assertThat(twoAtOnce.logits(model, IMAGE)).isEmpty();
        assertThat(other.get(1, TimeUnit.MINUTES)).isEmpty();
    }

    @Test
    void aModelThatRunsIsClosedAfterwards() throws Exception {
        Meeting running = new Meeting(2);
        ModelCache cache = new ModelCache(store, bytes -> running, 1);
        ObjectRef model = stored("a");
        CompletableFuture<float[][]> run = CompletableFuture.supplyAsync(() -> cache.logits(model, IMAGE));
        running.meet();

        cache.close();
        assertThat(running.closed).isFalse();

        running.meet();
        run.get(1, TimeUnit.MINUTES);
        assertThat(running.closed).isTrue();
    }

    @Test
    void bytesThatAreNoModelAreNamed() {
        assertThatThrownBy(() -> models.logits(stored(""), IMAGE))
                .isInstanceOf(ConditionFailedException.class)
                .hasMessage("the model at model- cannot be run: empty");
    }

    @Test
    void aModelThatIsMissingStaysAStoreFailure() {
        assertThatThrownBy(() -> models.logits(new ObjectRef("gone.onnx", "00", 1), IMAGE))
                .isInstanceOf(ArtifactMissingException.class)
                .hasMessageContaining("gone.onnx");
    }

    @Test
    void closingClosesEveryModelAndAnswersNoMore() {
        models.logits(stored("a"), IMAGE);
        models.close();

        assertThat(loaded).allMatch(model -> model.closed);
        assertThatThrownBy(() -> models.logits(stored("a"), IMAGE)).isInstanceOf(IllegalStateException.class);
    }

    /** Waits within each run for somebody else, a number of times. */
    private static final class Meeting implements Classifier {
        private final CyclicBarrier both = new CyclicBarrier(2);
        private final int times;
        private volatile boolean closed;

        private Meeting(int times) {
            this.times = times;
        }

        private void meet() {
            try {
                both.await(1, TimeUnit.MINUTES);
            } catch (InterruptedException | BrokenBarrierException | TimeoutException e) {
                throw new IllegalStateException("nobody came", e);
            }
        }

        @Override
        public float[][] logits(ImageBatch images) {
            for (int i = 0; i < times; i++) {
                meet();
            }
            return new float[0][];
        }

        @Override
        public void close() {
            closed = true;
        }
    }
}
