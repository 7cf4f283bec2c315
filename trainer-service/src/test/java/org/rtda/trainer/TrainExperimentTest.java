package org.rtda.trainer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.rtda.contracts.AttackRequest;
import org.rtda.contracts.AugmentRequest;
import org.rtda.contracts.BatchAnswer;
import org.rtda.contracts.CheckpointSaved;
import org.rtda.contracts.EventCodec;
import org.rtda.contracts.ExperimentCommand;
import org.rtda.contracts.ExperimentSpec;
import org.rtda.contracts.ExperimentStatus;
import org.rtda.contracts.TrainingMetric;
import org.rtda.contracts.check.InvalidFieldException;
import org.rtda.contracts.dataset.DatasetManifest;
import org.rtda.contracts.dataset.DatasetRef;
import org.rtda.core.ByteImage;
import org.rtda.nn.onnx.OnnxClassifier;
import org.rtda.nn.pytorch.engine.TorchEngine;
import org.rtda.store.ArtifactStore;
import org.rtda.store.ArtifactStoreUnavailableException;
import org.rtda.store.DatasetDescription;
import org.rtda.store.DatasetImporter;
import org.rtda.store.DatasetReader;
import org.rtda.store.Datasets;
import org.rtda.store.InMemoryArtifactStore;
import org.rtda.store.LabelledImages;
import org.rtda.store.Payloads;
import org.rtda.store.RunMemory;
import org.rtda.store.npz.NpzDataset;
import org.rtda.store.npz.NpzWriter;
import org.rtda.testkit.ForwardingStore;

class TrainExperimentTest {
    @TempDir
    Path folder;

    private static final String STATE_OF_EPOCH_1 = "experiments/exp-1/checkpoints/epoch-00001/attempt-1/training-state";

    private final InMemoryArtifactStore store = new InMemoryArtifactStore();
    private ArtifactStore used = store;
    private final List<ExperimentStatus> told = new ArrayList<>();
    private Consumer<CheckpointSaved> announced = checkpoint -> {};

    private ExperimentCommand.Submit submitted() throws IOException {
        return submitted(1);
    }

    private ExperimentCommand.Submit submitted(int epochs) throws IOException {
        List<ByteImage> images = IntStream.range(0, 8)
                .mapToObj(i -> {
                    byte[] pixels = new byte[64];
                    java.util.Arrays.fill(pixels, (byte) (20 * i));
                    return new ByteImage(1, 8, 8, pixels);
                })
                .toList();
        LabelledImages split = new LabelledImages(images, new int[] {0, 1, 0, 1, 0, 1, 0, 1});
        Path file = folder.resolve("grey.npz");
        NpzWriter.write(file, Map.of("train", split, "val", split, "test", split));
        new DatasetImporter(store)
                .importFrom("grey", NpzDataset.of(file), DatasetDescription.of("made for tests", "CC0"));
        DatasetRef dataset = new Datasets(store).find("grey").orElseThrow();
        ExperimentSpec draft = EventCodec.read(
                ("{\"dataset\":\"grey\",\"network\":\"resnet8\",\"batchSize\":8,\"method\":\"erm\",\"epochs\":" + epochs
                                + "}")
                        .getBytes(StandardCharsets.UTF_8),
                ExperimentSpec.class);
        ExperimentSpec spec = draft.resolvedFor(manifest(dataset));
        return new ExperimentCommand.Submit("exp-1/submit", Instant.EPOCH, 1, "exp-1", spec, dataset);
    }

    private DatasetManifest manifest(DatasetRef dataset) {
        return new DatasetReader(store, 0).manifest(dataset);
    }

    private TrainExperiment trainerOf(TorchEngine engine, long memoryBytes) {
        return new TrainExperiment(
                engine,
                used,
                new DatasetReader(store, 0),
                new Payloads(store, 0),
                new NobodyIsAsked(),
                new Recorded(),
                "trainer",
                memoryBytes);
    }

    @Test
    void aRunThatDoesNotFitIsRefusedBeforeItsFirstWordAndOneThatFitsExactlyIsNot() throws IOException {
        ExperimentCommand.Submit experiment = submitted();
        long needed = RunMemory.bytes(experiment.spec(), manifest(experiment.dataset()));
        try (TorchEngine engine = TorchEngine.start("cpu")) {
            assertThatThrownBy(() -> trainerOf(engine, needed - 1).run(experiment, 1, new RunControl()))
                    .isInstanceOf(InvalidFieldException.class)
                    .hasMessageStartingWith(
                            "batchSize must be at most 7 with network resnet8, method erm (views of an image: 1)");
            assertThat(told).isEmpty();

            assertThat(trainerOf(engine, needed)
                            .run(experiment, 1, new RunControl())
                            .last())
                    .isTrue();
        }
    }

    @Test
    void theModelThatIsSavedSaysItsClassesAndWhatItsFirstLayerSubtracts() throws IOException {
        ExperimentCommand.Submit experiment = submitted();
        try (TorchEngine engine = TorchEngine.start("cpu")) {
            CheckpointSaved saved = trainerOf(engine, Long.MAX_VALUE).run(experiment, 1, new RunControl());

            try (OnnxClassifier model = OnnxClassifier.load(store.get(saved.model()), 1)) {
                // images of 0, 20, ... 140 grey levels: 70 on average, and sqrt(2100) around it
                assertThat(model.metadata())
                        .containsEntry("classes", "[\"0\",\"1\"]")
                        .containsEntry("input_layout", "NCHW")
                        .containsEntry(
                                "built_in_normalization",
                                "{\"deviation\":[" + (float) (Math.sqrt(2100) / 255) + "],\"mean\":["
                                        + (float) (70.0 / 255) + "]}");
            }
        }
    }

    /** Whoever overtook it may be about to read this state: it took the run before the checkpoint after it was announced. */
    @Test
    void anOvertakenTrainerDoesNotRemoveTheTrainingStateThatItsSuccessorGoesOnFrom() throws IOException {
        ExperimentCommand.Submit experiment = submitted(2);
        announced = checkpoint -> {
            if (checkpoint.epoch() == 2) {
                throw new OwnershipLostException("exp-1", 1);
            }
        };
        try (TorchEngine engine = TorchEngine.start("cpu")) {
            assertThatThrownBy(() -> trainerOf(engine, Long.MAX_VALUE).run(experiment, 1, new RunControl()))
                    .isInstanceOf(OwnershipLostException.class);
        }

        assertThat(store.list(STATE_OF_EPOCH_1)).hasSize(1);
    }

    @Test
    void aTrainingStateThatTheStoreDoesNotRemoveStopsNoRun() throws IOException {
        ExperimentCommand.Submit experiment = submitted(2);
        used = new ForwardingStore(store) {
            @Override
            public void delete(String key) {
                throw new ArtifactStoreUnavailableException("not allowed", null);
            }
        };
        try (TorchEngine engine = TorchEngine.start("cpu")) {
            assertThat(trainerOf(engine, Long.MAX_VALUE)
                            .run(experiment, 1, new RunControl())
                            .last())
                    .isTrue();
        }

        assertThat(store.list(STATE_OF_EPOCH_1)).hasSize(1);
    }

    private final class Recorded implements TrainerEvents {
        @Override
        public void requireOwned() {
            // nobody else is there
        }

        @Override
        public void status(ExperimentStatus status) {
            told.add(status);
        }

        @Override
        public void metric(TrainingMetric metric) {
            // not looked at here
        }

        @Override
        public void checkpoint(CheckpointSaved checkpoint) {
            announced.accept(checkpoint);
        }
    }

    /** A method that needs no worker. */
    private static final class NobodyIsAsked implements WorkExchange {
        @Override
        public void request(AugmentRequest request) {
            throw new AssertionError(request);
        }

        @Override
        public void request(AttackRequest request) {
            throw new AssertionError(request);
        }

        @Override
        public BatchAnswer.Ready await(String requestId, RunControl control) {
            throw new AssertionError(requestId);
        }

        @Override
        public boolean isReady(String requestId) {
            return false;
        }

        @Override
        public void forgetAll() {
            // nothing was asked
        }
    }
}
