package org.rtda.trainer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.IntFunction;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.rtda.contracts.BatchAnswer;
import org.rtda.contracts.CheckpointSaved;
import org.rtda.contracts.ExperimentCommand;
import org.rtda.contracts.Payload;
import org.rtda.core.ImageBatch;
import org.rtda.nn.pytorch.engine.TorchEngine;
import org.rtda.store.ArtifactStore;
import org.rtda.store.InMemoryArtifactStore;
import org.rtda.store.Payloads;

/** What a run keeps in the store for a step is lost or altered before it is used, and the run ends with the same weights. */
class MadeAnewTest {
    private static final Map<String, UnaryOperator<byte[]>> ALTERATIONS = Map.of(
            "cut", bytes -> Arrays.copyOf(bytes, bytes.length / 2),
            "flipped",
                    bytes -> {
                        byte[] flipped = bytes.clone();
                        flipped[flipped.length / 2] ^= 1;
                        return flipped;
                    });

    /** Weights of runs in which nothing was lost, by method and selection. */
    private static final Map<String, String> UNDISTURBED = new HashMap<>();

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

    /** What a broken or forged worker answers with, in place of the images that were asked for. */
    private static final Map<String, UnaryOperator<ImageBatch>> WRONG = Map.of(
            "far", images -> with(images, i -> 1 - images.pixels()[i]),
            "out of range", images -> with(images, i -> i == 70 ? 1.5f : images.pixels()[i]),
            "no number", images -> with(images, i -> i == 70 ? Float.NaN : images.pixels()[i]),
            "one too few", images -> images.slice(0, images.count() - 1),
            "another size", images -> new ImageBatch(images.count(), 1, 4, 16, images.pixels()));

    private static ImageBatch with(ImageBatch images, IntFunction<Float> pixel) {
        float[] pixels = new float[images.pixels().length];
        for (int i = 0; i < pixels.length; i++) {
            pixels[i] = pixel.apply(i);
        }
        return new ImageBatch(images.count(), 1, 8, 8, pixels);
    }

    private String weightsAfter(String method, String selection, String victim, String how, int times)
            throws IOException {
        InMemoryArtifactStore store = new InMemoryArtifactStore();
        ExperimentCommand.Submit experiment = TwoStepRun.experiment(folder, store, method, selection);
        LossyWorkers workers = new LossyWorkers(store, victim, ALTERATIONS.get(how), times);
        workers.answerWith(WRONG.get(how));
        CheckpointSaved last =
                TwoStepRun.train(engine, store, store, workers, new TwoStepRun.SilentEvents(), experiment);
        assertThat(workers.left()).as("what was to be broken was there").isZero();
        assertThat(store.list("transient/")).isEmpty();
        return last.weights().sha256();
    }

    private String undisturbed(String method, String selection) throws IOException {
        String experiment = method + selection;
        if (!UNDISTURBED.containsKey(experiment)) {
            UNDISTURBED.put(experiment, weightsAfter(method, selection, "nothing", "deleted", 0));
        }
        return UNDISTURBED.get(experiment);
    }

    /** At the size of the paper a batch has 77 MB. */
    @ParameterizedTest
    @ValueSource(strings = {"rtda", "augmix-adversarial"})
    void everyBatchIsReadOnce(String method) throws IOException {
        InMemoryArtifactStore store = new InMemoryArtifactStore();
        List<String> read = Collections.synchronizedList(new ArrayList<>());
        ArtifactStore watched = TwoStepRun.watched(store, Set.of("get", "read"), read::add);
        ExperimentCommand.Submit experiment = TwoStepRun.experiment(folder, store, method, "");
        TwoStepRun.train(engine, store, watched, new LossyWorkers(store), new TwoStepRun.SilentEvents(), experiment);

        // 2 steps of 2 shards: an augmented and an adversarial batch each
        assertThat(read).hasSize(8).doesNotHaveDuplicates();
    }

    @ParameterizedTest
    @CsvSource({
        "rtda, transient/exp-1/7/1/augmix/1.f32, deleted",
        "rtda, transient/exp-1/7/1/augmix/1.f32, cut",
        "rtda, transient/exp-1/7/1/augmix/1.f32, flipped",
        "rtda, transient/exp-1/7/0/adversarial/0.f32, deleted",
        "rtda, transient/exp-1/7/0/adversarial/0.f32, flipped",
        "rtda, transient/exp-1/7/weights-1.safetensors, deleted",
        "rtda, transient/exp-1/7/weights-1.safetensors, cut",
        "rtda, transient/exp-1/7/weights-0.safetensors, flipped",
        "augmix-adversarial, transient/exp-1/7/1/augmix/0.f32, deleted",
        "augmix-adversarial, transient/exp-1/7/1/augmix/0.f32, flipped",
        "augmix-adversarial, transient/exp-1/7/weights-1.safetensors, deleted"
    })
    void theRunEndsWithTheSameWeights(String method, String victim, String how) throws IOException {
        String undisturbed = undisturbed(method, "");
        assertThat(weightsAfter(method, "", victim, how, 1)).isEqualTo(undisturbed);
        assertThat(weightsAfter(method, "", victim, how, 3)).isEqualTo(undisturbed);
    }

    @ParameterizedTest
    @CsvSource({
        "rtda, transient/exp-1/7/1/augmix/1.f32, out of range",
        "rtda, transient/exp-1/7/1/augmix/1.f32, one too few",
        "rtda, transient/exp-1/7/0/adversarial/0.f32, far",
        "rtda, transient/exp-1/7/1/adversarial/1.f32, another size",
        "trades, transient/exp-1/7/1/adversarial/1.f32, no number",
        "augmix-adversarial, transient/exp-1/7/1/augmix/0.f32, out of range",
        "augmix-adversarial, transient/exp-1/7/1/augmix/0.f32, another size",
        "augmix-adversarial, transient/exp-1/7/1/adversarial/0.f32, far"
    })
    void whatIsNotWhatWasAskedForIsNotTrainedOn(String method, String victim, String how) throws IOException {
        String undisturbed = undisturbed(method, "");
        assertThat(weightsAfter(method, "", victim, how, 3)).isEqualTo(undisturbed);
    }

    @Test
    void validationImagesFarFromTheCleanOnesAreNotCounted() throws IOException {
        String selection = ",\"selection\":{\"checkpoint\":\"best\"}";
        String undisturbed = undisturbed("rtda", selection);
        assertThat(weightsAfter("rtda", selection, "transient/exp-1/7/2/validation/0.f32", "far", 1))
                .isEqualTo(undisturbed);
    }

    @Test
    void aWorkerThatIsWrongEachTimeEndsTheRunWithItsNameAndWhatIsWrong() {
        assertThatThrownBy(() -> weightsAfter("rtda", "", "transient/exp-1/7/1/augmix/1.f32", "out of range", 4))
                .isInstanceOf(TrainingFailedException.class)
                .hasMessage("worker worker answered request exp-1/7/1/augmix/1 with the pixel 1.5, outside [0,1], in"
                        + " image 1, though it was made anew 3 times");
    }

    @Test
    void validationImagesAreMadeAnewToo() throws IOException {
        String selection = ",\"selection\":{\"checkpoint\":\"best\"}";
        String undisturbed = undisturbed("rtda", selection);
        assertThat(weightsAfter("rtda", selection, "transient/exp-1/7/2/validation/1.f32", "flipped", 1))
                .isEqualTo(undisturbed);
    }

    @Test
    void whatIsLostEachTimeItIsMadeEndsTheRunWithTheReason() {
        assertThatThrownBy(() -> weightsAfter("rtda", "", "transient/exp-1/7/1/augmix/1.f32", "deleted", 4))
                .isInstanceOf(TrainingFailedException.class)
                .hasMessage(
                        "object transient/exp-1/7/1/augmix/1.f32 is missing from the store, though it was made anew 3 times");
    }

    @Test
    void whatNobodyHereCanMakeAnewEndsTheRunAtOnce() {
        TransientBatches batches =
                new TransientBatches(new Payloads(new InMemoryArtifactStore(), 0), "exp-1", 7, () -> {});
        BrokenObjectException gone =
                new BrokenObjectException("object datasets/grey/blocks/1 is gone", "datasets/grey/blocks/1");
        assertThatThrownBy(() -> batches.read(
                        () -> {
                            throw gone;
                        },
                        TransientBatches.Expected.augmented(new long[] {1, 1, 8, 8}),
                        broken -> {
                            throw new AssertionError(broken);
                        }))
                .isSameAs(gone);
    }

    @Test
    void aBatchInItsMessageWhoseSumIsAnotherIsAskedForAgain() {
        String id = "exp-1/7/0/augmix/0";
        Payloads payloads = new Payloads(new InMemoryArtifactStore(), 1000);
        ImageBatch right = LossyWorkers.shaded(1, 0.25f);
        Payload whole = payloads.write(id, right);
        Deque<Payload> sent = new ArrayDeque<>(
                List.of(new Payload(whole.shape(), whole.sha256(), new byte[whole.inline().length], null), whole));
        List<String> asked = new ArrayList<>();

        TransientBatches.Read read = new TransientBatches(payloads, "exp-1", 7, () -> {})
                .read(
                        () -> new BatchAnswer.Ready(
                                id, Instant.EPOCH, 1, "exp-1", "trainer", 7, "worker", sent.remove(), 1, 0, 0),
                        TransientBatches.Expected.augmented(new long[] {1, 1, 8, 8}),
                        asked::add);

        assertThat(read.images()).isEqualTo(right);
        assertThat(asked).containsExactly("transient/exp-1/7/0/augmix/0.f32");
    }

    @Test
    void severalBatchesAreReadAtOnceAndInAnyOrder() {
        Payloads payloads = new Payloads(new InMemoryArtifactStore(), 0);
        List<Runnable> readers = new ArrayList<>();
        TransientBatches batches = new TransientBatches(payloads, "exp-1", 7, () -> {}, readers::add);
        List<ImageBatch> images = List.of(LossyWorkers.shaded(1, 0.25f), LossyWorkers.shaded(1, 0.5f));
        List<Supplier<TransientBatches.Read>> begun = new ArrayList<>();
        for (int shard = 0; shard < 2; shard++) {
            BatchAnswer.Ready answer = answer(payloads, "exp-1/7/0/augmix/" + shard, images.get(shard));
            begun.add(batches.begin(
                    () -> answer, TransientBatches.Expected.augmented(new long[] {1, 1, 8, 8}), broken -> {
                        throw new AssertionError(broken);
                    }));
        }

        assertThat(readers).hasSize(2);
        readers.get(1).run();
        assertThat(begun.get(1).get().images()).isEqualTo(images.get(1));
        readers.get(0).run();
        assertThat(begun.get(0).get().images()).isEqualTo(images.get(0));
    }

    /** Whoever asks for it anew is the training thread, which alone may; a reader only finds out. */
    @Test
    void whatAReaderFindsAlteredIsAskedForAnewByWhoeverWantsIt() {
        InMemoryArtifactStore store = new InMemoryArtifactStore();
        Payloads payloads = new Payloads(store, 0);
        ExecutorService reader = Executors.newSingleThreadExecutor();
        try {
            TransientBatches batches = new TransientBatches(payloads, "exp-1", 7, () -> {}, reader);
            ImageBatch right = LossyWorkers.shaded(1, 0.25f);
            BatchAnswer.Ready answer = answer(payloads, "exp-1/7/0/augmix/0", right);
            String key = answer.images().object().key();
            store.put(key, new byte[256]);
            List<Thread> askers = new ArrayList<>();

            Supplier<TransientBatches.Read> begun = batches.begin(
                    () -> answer, TransientBatches.Expected.augmented(new long[] {1, 1, 8, 8}), broken -> {
                        assertThat(broken).isEqualTo(key);
                        askers.add(Thread.currentThread());
                        payloads.write("exp-1/7/0/augmix/0", right);
                    });

            assertThat(askers).isEmpty();
            assertThat(begun.get().images()).isEqualTo(right);
            assertThat(askers).containsExactly(Thread.currentThread());
        } finally {
            reader.shutdownNow();
        }
    }

    private static BatchAnswer.Ready answer(Payloads payloads, String id, ImageBatch images) {
        return new BatchAnswer.Ready(
                id, Instant.EPOCH, 1, "exp-1", "trainer", 7, "worker", payloads.write(id, images), 1, 0, 0);
    }

    /** Whoever overtook it, or ended the run, has removed the object; made anew, it would stay behind. */
    @Test
    void anOvertakenTrainerMakesNothingAnew() {
        OwnershipLostException overtaken = new OwnershipLostException("exp-1", 7);
        TransientBatches batches =
                new TransientBatches(new Payloads(new InMemoryArtifactStore(), 0), "exp-1", 7, () -> {
                    throw overtaken;
                });
        String removed = "transient/exp-1/7/1/augmix/1.f32";

        assertThatThrownBy(() -> batches.read(
                        () -> {
                            throw new BrokenObjectException(
                                    "object " + removed + " is missing from the store", removed);
                        },
                        TransientBatches.Expected.augmented(new long[] {1, 1, 8, 8}),
                        broken -> {
                            throw new AssertionError(broken);
                        }))
                .isSameAs(overtaken);
    }
}
