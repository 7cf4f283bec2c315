package org.rtda.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.rtda.benchmarks.SmallDataset;
import org.rtda.contracts.dataset.DatasetRef;
import org.rtda.core.ImageBatch;
import org.rtda.core.Seed;
import org.rtda.core.StratifiedDraw;
import org.rtda.core.network.Initialization;
import org.rtda.core.network.NetworkArchitecture;
import org.rtda.core.network.Weights;
import org.rtda.nn.onnx.OnnxClassifier;
import org.rtda.nn.onnx.OnnxExport;
import org.rtda.nn.pytorch.attack.AttackObjective;
import org.rtda.nn.pytorch.attack.AttackParameters;
import org.rtda.nn.pytorch.attack.Attacks;
import org.rtda.nn.pytorch.engine.FrozenNetwork;
import org.rtda.nn.pytorch.engine.TorchEngine;
import org.rtda.nn.pytorch.method.MethodSettings;
import org.rtda.nn.pytorch.method.Methods;
import org.rtda.nn.pytorch.method.SgdStep;
import org.rtda.nn.pytorch.method.TrainableNetwork;
import org.rtda.nn.pytorch.method.TrainingState;
import org.rtda.store.ArtifactStore;
import org.rtda.store.DatasetDescription;
import org.rtda.store.DatasetImporter;
import org.rtda.store.DatasetReader;
import org.rtda.store.Datasets;
import org.rtda.store.InMemoryArtifactStore;
import org.rtda.store.LabelledImages;
import org.rtda.store.npz.NpzDataset;

/**
 * The exported model answers on ONNX Runtime as the network does on PyTorch, within 1e-4 in every logit, on images and on
 * their adversarial views, once training has moved the weights and the batch-norm statistics.
 */
class OnnxParityTest {
    private static final float TOLERANCE = 1e-4f;
    private static final int TRAINING_STEPS = 5;
    private static final int BATCH = 32;

    private final TorchEngine engine = TorchEngine.start("cpu");
    private final ArtifactStore store = new InMemoryArtifactStore();

    @ParameterizedTest
    @ValueSource(strings = {"resnet8", "resnet20"})
    void onRandomImages(String network, @TempDir Path folder) {
        DatasetRef dataset = SmallDataset.into(store, SmallDataset.write(folder, BATCH, 8, BATCH));
        assertParity(network, dataset);
    }

    @ParameterizedTest
    @CsvSource({"resnet20, busi_28", "resnet20, pneumoniamnist_28", "resnet8, mammo_cbis_64"})
    void onRealImages(String network, String name) {
        String folder = System.getenv("RTDA_DATA_DIR");
        assumeTrue(folder != null, "skipped: RTDA_DATA_DIR does not name the folder of the real image sets");
        new DatasetImporter(store)
                .importFrom(
                        name,
                        NpzDataset.of(Path.of(folder, name + ".npz")),
                        DatasetDescription.of("as described beside the files", "see there"));
        assertParity(network, new Datasets(store).find(name).orElseThrow());
    }

    private void assertParity(String network, DatasetRef dataset) {
        DatasetReader reader = new DatasetReader(store, 64 << 20);
        LabelledImages test = batch(reader, dataset, "test");
        ImageBatch images = ImageBatch.of(test.images());
        NetworkArchitecture architecture =
                NetworkArchitecture.named(network, images.channels(), images.height(), images.width(), 2);
        Weights weights = trained(architecture, batch(reader, dataset, "train"));
        try (FrozenNetwork torch = new FrozenNetwork(engine, architecture, weights);
                OnnxClassifier onnx = OnnxClassifier.load(OnnxExport.write(architecture, weights), 1)) {
            assertClose(onnx.logits(images), torch.logits(images));
            List<Seed> seeds = IntStream.range(0, BATCH).mapToObj(Seed::new).toList();
            ImageBatch adversarial = Attacks.of(
                            AttackParameters.pgd("pgd-l2", AttackObjective.CROSS_ENTROPY, 0.5, 3, 0.4, true))
                    .perturb(torch, images, test.labels(), seeds)
                    .images();
            assertClose(onnx.logits(adversarial), torch.logits(adversarial));
        }
    }

    private Weights trained(NetworkArchitecture architecture, LabelledImages train) {
        Weights initial = Initialization.weights(architecture, new Seed(7));
        Map<String, ImageBatch> views = Map.of("clean", ImageBatch.of(train.images()));
        try (TrainableNetwork network =
                new TrainableNetwork(engine, architecture, TrainingState.initial(architecture, initial))) {
            for (int step = 0; step < TRAINING_STEPS; step++) {
                network.step(
                        Methods.named("erm", new MethodSettings(0, 6)),
                        views,
                        train.labels(),
                        new SgdStep(0.05, 0.9, 5e-4, true));
            }
            return network.weights();
        }
    }

    private static LabelledImages batch(DatasetReader reader, DatasetRef dataset, String split) {
        return reader.read(dataset, split, StratifiedDraw.of(reader.labels(dataset, split), BATCH));
    }

    private static void assertClose(float[][] found, float[][] expected) {
        assertThat(found.length).isEqualTo(expected.length);
        for (int n = 0; n < found.length; n++) {
            assertThat(found[n])
                    .as("image %d", n)
                    .usingComparatorWithPrecision(TOLERANCE)
                    .containsExactly(expected[n]);
        }
    }
}
