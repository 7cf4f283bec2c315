package org.rtda.trainer;

import java.io.IOException;
import java.lang.reflect.Proxy;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import org.rtda.contracts.CheckpointSaved;
import org.rtda.contracts.EventCodec;
import org.rtda.contracts.ExperimentCommand;
import org.rtda.contracts.ExperimentSpec;
import org.rtda.contracts.ExperimentStatus;
import org.rtda.contracts.TrainingMetric;
import org.rtda.contracts.dataset.DatasetRef;
import org.rtda.contracts.dataset.ObjectRef;
import org.rtda.core.ByteImage;
import org.rtda.nn.pytorch.engine.TorchEngine;
import org.rtda.store.ArtifactStore;
import org.rtda.store.DatasetDescription;
import org.rtda.store.DatasetImporter;
import org.rtda.store.DatasetReader;
import org.rtda.store.Datasets;
import org.rtda.store.InMemoryArtifactStore;
import org.rtda.store.LabelledImages;
import org.rtda.store.Payloads;
import org.rtda.store.npz.NpzDataset;
import org.rtda.store.npz.NpzWriter;

/** A run of two steps of four images in two shards, for tests of what happens around it. */
final class TwoStepRun {
    private TwoStepRun() {}

    /** @param selection more settings of the specification, as JSON that begins with a comma */
    static ExperimentCommand.Submit experiment(
            Path folder, InMemoryArtifactStore store, String method, String selection) throws IOException {
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

    /**
     * Trains as attempt 7.
     *
     * @param batches the store through which batches are read
     */
    static CheckpointSaved train(
            TorchEngine engine,
            InMemoryArtifactStore store,
            ArtifactStore batches,
            WorkExchange workers,
            TrainerEvents events,
            ExperimentCommand.Submit experiment) {
        return new TrainExperiment(
                        engine,
                        store,
                        new DatasetReader(store, 0),
                        new Payloads(batches, 0),
                        workers,
                        events,
                        "trainer")
                .run(experiment, 7, new RunControl());
    }

    /** The store, whose {@code calls} are told of with the key of the object before they are made. */
    static ArtifactStore watched(ArtifactStore store, Set<String> calls, Consumer<String> keys) {
        return (ArtifactStore) Proxy.newProxyInstance(
                ArtifactStore.class.getClassLoader(),
                new Class<?>[] {ArtifactStore.class},
                (proxy, call, arguments) -> {
                    if (calls.contains(call.getName())) {
                        keys.accept(((ObjectRef) arguments[0]).key());
                    }
                    return call.invoke(store, arguments);
                });
    }

    /** Nobody else has the experiment, and nobody looks at what is published. */
    static class SilentEvents implements TrainerEvents {
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
