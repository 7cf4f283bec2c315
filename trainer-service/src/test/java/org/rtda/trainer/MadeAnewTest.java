package org.rtda.trainer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.rtda.contracts.AttackRequest;
import org.rtda.contracts.AugmentRequest;
import org.rtda.contracts.BatchAnswer;
import org.rtda.contracts.BatchRequest;
import org.rtda.contracts.CheckpointSaved;
import org.rtda.contracts.EventCodec;
import org.rtda.contracts.ExperimentCommand;
import org.rtda.contracts.ExperimentSpec;
import org.rtda.contracts.ExperimentStatus;
import org.rtda.contracts.TrainingMetric;
import org.rtda.contracts.dataset.DatasetRef;
import org.rtda.core.ByteImage;
import org.rtda.core.ImageBatch;
import org.rtda.nn.pytorch.engine.TorchEngine;
import org.rtda.store.ArtifactCorruptException;
import org.rtda.store.ArtifactException;
import org.rtda.store.ArtifactMissingException;
import org.rtda.store.DatasetDescription;
import org.rtda.store.DatasetImporter;
import org.rtda.store.DatasetReader;
import org.rtda.store.Datasets;
import org.rtda.store.InMemoryArtifactStore;
import org.rtda.store.LabelledImages;
import org.rtda.store.NpzDataset;
import org.rtda.store.NpzWriter;
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

    /** Two steps of four images in two shards. */
    private ExperimentCommand.Submit experiment(InMemoryArtifactStore store, String method, String selection)
            throws IOException {
        List<ByteImage> images = IntStream.range(0, 8)
                .mapToObj(i -> {
                    byte[] pixels = new byte[64];
                    Arrays.fill(pixels, (byte) (20 * i));
                    return new ByteImage(1, 8, 8, pixels);
                })
                .toList();
        LabelledImages split = new LabelledImages(images, new int[] {0, 1, 0, 1, 0, 1, 0, 1});
        Path file = folder.resolve("grey.npz");
        NpzWriter.write(file, Map.of("train", split, "val", split, "test", split));
        new DatasetImporter(store)
                .importFrom("grey", NpzDataset.of(file), DatasetDescription.of("made for tests", "CC0"));
        DatasetRef dataset = new Datasets(store).find("grey").orElseThrow();
        ExperimentSpec spec = EventCodec.read(
                        ("{\"dataset\":\"grey\",\"network\":\"resnet8\",\"batchSize\":4,\"shards\":2,\"epochs\":1,\"method\":\""
                                        + method + "\"" + selection + "}")
                                .getBytes(StandardCharsets.UTF_8),
                        ExperimentSpec.class)
                .resolvedFor(new DatasetReader(store, 0).manifest(dataset));
        return new ExperimentCommand.Submit("exp-1/submit", Instant.EPOCH, 1, "exp-1", spec, dataset);
    }

    private String weightsAfter(String method, String selection, String victim, String how, int times)
            throws IOException {
        InMemoryArtifactStore store = new InMemoryArtifactStore();
        ExperimentCommand.Submit experiment = experiment(store, method, selection);
        LossyWorkers workers = new LossyWorkers(store, victim, ALTERATIONS.get(how), times);
        CheckpointSaved last = new TrainExperiment(
                        engine,
                        store,
                        new DatasetReader(store, 0),
                        new Payloads(store, 0),
                        workers,
                        new Unheard(),
                        "trainer")
                .run(experiment, 7, new RunControl());
        assertThat(workers.left).as("what was to be broken was there").isZero();
        assertThat(store.list("transient/")).isEmpty();
        return last.weights().sha256();
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
        String undisturbed = weightsAfter(method, "", "nothing", "deleted", 0);
        assertThat(weightsAfter(method, "", victim, how, 1)).isEqualTo(undisturbed);
        assertThat(weightsAfter(method, "", victim, how, 3)).isEqualTo(undisturbed);
    }

    @Test
    void validationImagesAreMadeAnewToo() throws IOException {
        String selection = ",\"selection\":{\"checkpoint\":\"best\"}";
        String undisturbed = weightsAfter("rtda", selection, "nothing", "deleted", 0);
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
                        broken -> {
                            throw new AssertionError(broken);
                        }))
                .isSameAs(gone);
    }

    /** Whoever overtook it, or ended the run, has removed the object; made anew, it would stay behind. */
    @Test
    void anOvertakenTrainerMakesNothingAnew() {
        OvertakenException overtaken = new OvertakenException("exp-1", 7);
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
                        broken -> {
                            throw new AssertionError(broken);
                        }))
                .isSameAs(overtaken);
    }

    /** Workers whose answers depend on the request alone, and whose store loses or alters one object so many times. */
    private static final class LossyWorkers implements WorkExchange {
        private final InMemoryArtifactStore store;
        private final Payloads payloads;
        private final String victim;
        /** Null deletes. */
        private final UnaryOperator<byte[]> alteration;

        private int left;
        private final Map<String, BatchRequest> asked = new ConcurrentHashMap<>();

        private LossyWorkers(InMemoryArtifactStore store, String victim, UnaryOperator<byte[]> alteration, int times) {
            this.store = store;
            this.payloads = new Payloads(store, 0);
            this.victim = victim;
            this.alteration = alteration;
            this.left = times;
        }

        @Override
        public void request(AugmentRequest request) {
            asked.put(request.id(), request);
        }

        @Override
        public void request(AttackRequest request) {
            asked.put(request.id(), request);
        }

        @Override
        public BatchAnswer.Ready await(String requestId, RunControl control) {
            BatchRequest request = asked.remove(requestId);
            float shade = request.step() / 10f;
            if (request instanceof AttackRequest attack) {
                lose(attack.weights().key());
                try {
                    // the weights' first byte, so that it matters which ones they are
                    shade += store.get(attack.weights())[store.get(attack.weights()).length - 1] / 1000f;
                    shade += attack.base() == null
                            ? 0
                            : payloads.read(attack.base()).pixels()[0];
                } catch (ArtifactMissingException | ArtifactCorruptException e) {
                    throw new BrokenObjectException(e.getMessage(), ArtifactException.brokenObject(e));
                }
            }
            int images = request.images().indices().length;
            float[] pixels = new float[images * 64];
            for (int i = 0; i < pixels.length; i++) {
                pixels[i] = Math.min(1, Math.abs(shade + (i % 7) / 20f));
            }
            BatchAnswer.Ready answer = new BatchAnswer.Ready(
                    requestId,
                    Instant.EPOCH,
                    1,
                    "exp-1",
                    "trainer",
                    7,
                    "worker",
                    payloads.write(requestId, new ImageBatch(images, 1, 8, 8, pixels)),
                    1,
                    0,
                    0);
            lose(answer.images().object().key());
            return answer;
        }

        private void lose(String key) {
            if (!key.equals(victim) || left == 0) {
                return;
            }
            left--;
            if (alteration == null) {
                store.delete(key);
            } else {
                store.put(key, alteration.apply(store.find(key).orElseThrow()));
            }
        }

        @Override
        public void forgetAll() {
            asked.clear();
        }
    }

    private static final class Unheard implements TrainerEvents {
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
            // not looked at here
        }

        @Override
        public void checkpoint(CheckpointSaved checkpoint) {
            // not looked at here
        }
    }
}
