package org.rtda.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.rtda.contracts.CheckpointSaved;
import org.rtda.contracts.EventCodec;
import org.rtda.contracts.ExperimentCommand;
import org.rtda.contracts.ExperimentSpec;
import org.rtda.contracts.check.Event;
import org.rtda.contracts.check.KnownNames;
import org.rtda.contracts.dataset.DatasetRef;
import org.rtda.contracts.dataset.ObjectRef;
import org.rtda.contracts.settings.AttackSettings;
import org.rtda.core.ImageBatch;
import org.rtda.core.Seed;
import org.rtda.core.network.NetworkArchitecture;
import org.rtda.core.network.SafeTensors;
import org.rtda.core.network.Weights;
import org.rtda.nn.pytorch.attack.AttackObjective;
import org.rtda.nn.pytorch.attack.AttackParameters;
import org.rtda.nn.pytorch.attack.Attacks;
import org.rtda.nn.pytorch.engine.FrozenNetwork;
import org.rtda.nn.pytorch.engine.TorchEngine;
import org.rtda.store.DatasetDescription;
import org.rtda.store.DatasetImporter;
import org.rtda.store.DatasetReader;
import org.rtda.store.Datasets;
import org.rtda.store.InMemoryArtifactStore;
import org.rtda.store.LabelledImages;
import org.rtda.store.npz.NpzDataset;
import org.rtda.store.npz.NpzWriter;
import org.rtda.trainer.TrainingFailedException;

/** The whole training loop with each option, workers and all, in this process. 24 images in batches of 8: 3 steps an epoch. */
class TrainingOptionsInProcessTest {
    private static final int STEPS_PER_EPOCH = 3;

    @TempDir
    static Path folder;

    private static Path npz;
    private static TorchEngine engine;

    private final InMemoryArtifactStore store = new InMemoryArtifactStore();
    private final DatasetRef dataset = SmallDataset.into(store, npz);

    @BeforeAll
    static void start() {
        npz = SmallDataset.write(folder, 24, 10, 4);
        engine = TorchEngine.start("cpu");
    }

    /** Every method, and options in the combinations that are most likely to get in each other's way. */
    static Stream<String> methodsAndOptions() {
        return Stream.concat(
                KnownNames.METHODS.stream().map(method -> "'method': '" + method + "'"),
                Stream.of(
                        "'batchNorm': 'joint', 'optimizer': {'schedule': 'step', 'warmupEpochs': 1}",
                        "'batchNorm': 'dual', 'classWeights': 'balanced', 'lookahead': 1",
                        "'optimizer': {'name': 'adamw', 'clipNorm': 1, 'averaging': 0.8, 'schedule': 'constant'}",
                        "'warmup': {'radius': 0.8, 'consistency': 0.7}, 'lookahead': 2",
                        "'method': 'erm', 'batchNorm': 'dual'",
                        "'selection': {'checkpoint': 'best', 'validationImages': 6}, 'optimizer': {'averaging': 0.5}",
                        "'batchNorm': 'dual', 'optimizer': {'name': 'adamw', 'averaging': 0.9},"
                                + " 'selection': {'checkpoint': 'best', 'patience': 2}"));
    }

    @ParameterizedTest
    @MethodSource("methodsAndOptions")
    void aRunKilledAtAnyStepAndResumedEndsAsIfItHadNotBeen(String options) {
        ExperimentSpec spec = spec(3, options);
        CheckpointSaved through;
        try (InProcessTraining training = new InProcessTraining(engine, store)) {
            through = training.run(submit("through", spec));
        }
        // any step but the last, after which there is nothing to kill
        long kill = 1 + new Random(options.hashCode()).nextInt((int) through.step() - 1);
        InProcessTraining killed = new InProcessTraining(engine, store, metric -> {
            if (metric.step() == kill) {
                throw new Killed();
            }
        });
        try (killed) {
            assertThatThrownBy(() -> killed.run(submit("resumed", spec))).isInstanceOf(Killed.class);
        }
        CheckpointSaved resumed;
        try (InProcessTraining training = new InProcessTraining(engine, store)) {
            resumed = training.run(submit("resumed", spec));
            assertThat(training.metrics().get(0).step())
                    .as("goes on after the last whole epoch before step %d", kill)
                    .isEqualTo((kill - 1) / STEPS_PER_EPOCH * STEPS_PER_EPOCH + 1);
        }
        assertThat(resumed.step()).isEqualTo(through.step());
        assertThat(resumed.weights().sha256()).isEqualTo(through.weights().sha256());
        assertThat(resumed.model().sha256()).isEqualTo(through.model().sha256());
        assertThat(resumed.trainingState().sha256())
                .isEqualTo(through.trainingState().sha256());
        assertThat(resumed.selectedEpoch()).isEqualTo(through.selectedEpoch());
        assertThat(resumed.validationRobustBalancedAccuracy()).isEqualTo(through.validationRobustBalancedAccuracy());
    }

    @Test
    void everyOptionChangesTheResult() {
        List<String> results = List.of(
                        "'method': 'rtda'",
                        "'batchNorm': 'joint'",
                        "'batchNorm': 'dual'",
                        "'optimizer': {'name': 'adamw'}",
                        "'optimizer': {'schedule': 'constant'}",
                        "'optimizer': {'schedule': 'step'}",
                        "'optimizer': {'warmupEpochs': 1}",
                        "'optimizer': {'clipNorm': 0.1}",
                        "'optimizer': {'averaging': 0.9}",
                        "'normalization': {'name': 'symmetric'}",
                        "'normalization': {'name': 'imagenet'}",
                        "'warmup': {'radius': 0}",
                        "'warmup': {'consistency': 0.5}",
                        "'seed': 9")
                .stream()
                .map(options -> {
                    try (InProcessTraining training = new InProcessTraining(engine, store)) {
                        return training.run(
                                        submit("changed-" + Integer.toHexString(options.hashCode()), spec(2, options)))
                                .weights()
                                .sha256();
                    }
                })
                .toList();
        assertThat(results).doesNotHaveDuplicates();
    }

    @Test
    void theLastCheckpointOfARunThatTakesTheBestIsTheBestEpochs() {
        // the second epoch is the first to get every image right, so the third can only be equal
        ExperimentSpec spec = spec(
                3,
                "'method': 'erm', 'selection': {'checkpoint': 'best'}, 'attack': {'epsilon': 0.1, 'steps': 2},"
                        + " 'optimizer': {'learningRate': 0.5, 'schedule': 'constant'}");
        try (InProcessTraining training = new InProcessTraining(engine, store)) {
            CheckpointSaved last = training.run(submit("best", spec));
            List<CheckpointSaved> all = training.checkpoints();
            assertThat(all).hasSize(3);
            int best = IntStream.range(0, 3)
                    .reduce((a, b) -> figure(all, b) > figure(all, a) ? b : a)
                    .orElseThrow();
            assertThat(last.last()).isTrue();
            assertThat(last.epoch()).isEqualTo(3);
            assertThat(last.selectedEpoch()).isEqualTo(best + 1);
            assertThat(best)
                    .as("a run whose last epoch is the best shows nothing")
                    .isLessThan(2);
            assertThat(last.weights()).isEqualTo(all.get(best).weights());
            assertThat(last.model()).isEqualTo(all.get(best).model());
            assertThat(all.get(best).validationRobustBalancedAccuracy()).isEqualTo(judgedAnew(all.get(best), spec));
        }
    }

    /** Crafted and classified here once more, with nothing of the trainer's. */
    private double judgedAnew(CheckpointSaved checkpoint, ExperimentSpec spec) {
        LabelledImages val = new DatasetReader(store, 0).readAll(dataset, "val");
        Weights weights = SafeTensors.decode(store.get(checkpoint.weights())).weights();
        AttackSettings attack = spec.attack();
        List<Seed> seeds = IntStream.range(0, val.labels().length)
                .mapToObj(i -> new Seed(spec.seed()).forStep("validation", checkpoint.step(), i))
                .toList();
        int[] right = new int[2];
        int[] all = new int[2];
        try (FrozenNetwork network = new FrozenNetwork(engine, architecture(spec), weights)) {
            ImageBatch adversarial = Attacks.of(AttackParameters.pgd(
                            attack.name(),
                            AttackObjective.CROSS_ENTROPY,
                            attack.epsilon(),
                            attack.steps(),
                            attack.stepSize(),
                            attack.randomStart()))
                    .perturb(network, ImageBatch.of(val.images()), val.labels(), seeds)
                    .images();
            float[][] logits = network.logits(adversarial);
            for (int i = 0; i < logits.length; i++) {
                all[val.labels()[i]]++;
                right[val.labels()[i]] += (logits[i][1] > logits[i][0] ? 1 : 0) == val.labels()[i] ? 1 : 0;
            }
        }
        return ((double) right[0] / all[0] + (double) right[1] / all[1]) / 2;
    }

    private static double figure(List<CheckpointSaved> checkpoints, int index) {
        return checkpoints.get(index).validationRobustBalancedAccuracy();
    }

    @Test
    void patienceEndsTrainingEarly() {
        // a rate so low that nothing changes: the first epoch stays the best
        ExperimentSpec spec = spec(
                6,
                "'method': 'erm', 'selection': {'patience': 2}, 'optimizer': {'learningRate': 1e-8, 'momentum': 0,"
                        + " 'nesterov': false}, 'attack': {'epsilon': 16}");
        try (InProcessTraining training = new InProcessTraining(engine, store)) {
            CheckpointSaved last = training.run(submit("patience", spec));
            assertThat(last.last()).isTrue();
            assertThat(last.epoch()).isEqualTo(last.selectedEpoch() + 2).isLessThan(6);
            assertThat(last.weights().key()).as("no best was asked for").contains("epoch-0000" + last.epoch());
            assertThat(training.run(submit("patience", spec)))
                    .as("a run that ended early has ended")
                    .isEqualTo(last);
        }
    }

    @Test
    void theTestSplitIsNeverTouched() {
        ExperimentSpec spec = spec(1, "'selection': {'checkpoint': 'best'}");
        String block = new DatasetReader(store, 0)
                .manifest(dataset)
                .split("test")
                .blocks()
                .get(0)
                .object()
                .key();
        store.delete(block);
        try (InProcessTraining training = new InProcessTraining(engine, store)) {
            assertThat(training.run(submit("no-test-split", spec)).last()).isTrue();
        }
    }

    /** A rate so low that nothing is learned: what is judged is how the images were chosen. */
    @Test
    void aFewValidationImagesOfASortedSplitHaveEveryClass() throws IOException {
        DatasetRef sorted = sortedByClass();
        ExperimentSpec spec = spec(
                1,
                "'method': 'erm', 'selection': {'patience': 1, 'validationImages': 4}, 'optimizer': {'learningRate': 1e-8}");
        try (InProcessTraining training = new InProcessTraining(engine, store)) {
            CheckpointSaved last = training.run(new ExperimentCommand.Submit(
                    "sorted/submit", Instant.now(), Event.SCHEMA_VERSION, "sorted", spec, sorted));

            // two of each class: the mean of two halves has quarters, and one class alone would have been refused
            assertThat(last.validationRobustBalancedAccuracy() * 4)
                    .isBetween(0.0, 4.0)
                    .satisfies(quarters -> assertThat(quarters).isEqualTo(Math.rint(quarters)));
        }
    }

    private DatasetRef sortedByClass() throws IOException {
        Map<String, LabelledImages> splits = new LinkedHashMap<>();
        DatasetReader reader = new DatasetReader(store, 0);
        for (String split : List.of("train", "val", "test")) {
            LabelledImages mixed = reader.readAll(dataset, split);
            int[] order = IntStream.range(0, mixed.labels().length)
                    .boxed()
                    .sorted(Comparator.comparingInt(i -> mixed.labels()[i]))
                    .mapToInt(Integer::intValue)
                    .toArray();
            splits.put(split, reader.read(dataset, split, order));
        }
        Path file = folder.resolve("sorted.npz");
        NpzWriter.write(file, splits);
        new DatasetImporter(store)
                .importFrom("sorted", NpzDataset.of(file), DatasetDescription.of("made for this test", "none needed"));
        return new Datasets(store).find("sorted").orElseThrow();
    }

    @Test
    void validationImagesWithoutAClassAreRefusedBeforeTraining() {
        // refused at submission; this one comes to the trainer without
        ObjectNode document = EventCodec.mapper().valueToTree(spec(1, "'selection': {'patience': 1}"));
        ((ObjectNode) document.get("selection")).put("validationImages", 1);
        ExperimentSpec spec = EventCodec.mapper().convertValue(document, ExperimentSpec.class);
        try (InProcessTraining training = new InProcessTraining(engine, store)) {
            assertThatThrownBy(() -> training.run(submit("one-image", spec)))
                    .isInstanceOf(TrainingFailedException.class)
                    .hasMessage("selection needs a validation image of every class, but class 1 has none among the"
                            + " 1 drawn: ask for more selection.validationImages (0 for all)");
            assertThat(training.metrics()).isEmpty();
        }
    }

    @Test
    void trainingBeginsWithTheInitialWeights() {
        try (InProcessTraining training = new InProcessTraining(engine, store)) {
            CheckpointSaved first = training.run(submit("first", spec(1, "'method': 'erm'")));
            ObjectRef start = first.weights();
            String options = "'method': 'erm', 'optimizer': {'learningRate': 1e-8, 'averaging': 0.999999},"
                    + " 'initialWeights': {'key': '" + start.key() + "', 'sha256': '" + start.sha256()
                    + "', 'sizeBytes': " + start.sizeBytes() + "}";
            CheckpointSaved tuned = training.run(submit("tuned", spec(1, options)));
            float[] before = SafeTensors.decode(store.get(start))
                    .weights()
                    .get("conv1.weight")
                    .data();
            float[] after = SafeTensors.decode(store.get(tuned.weights()))
                    .weights()
                    .get("conv1.weight")
                    .data();
            assertThat(after).usingComparatorWithPrecision(1e-5f).containsExactly(before);
        }
    }

    @Test
    void aLossThatIsNotFiniteFailsWithEpochStepAndRateAndTheLastGoodCheckpointStays() {
        // weights grow by a factor of 9 a step, until a float cannot hold them
        ExperimentSpec spec = spec(
                20,
                "'method': 'erm', 'optimizer': {'learningRate': 10, 'weightDecay': 1, 'momentum': 0, 'nesterov': false,"
                        + " 'schedule': 'constant'}");
        try (InProcessTraining training = new InProcessTraining(engine, store)) {
            assertThatThrownBy(() -> training.run(submit("explodes", spec)))
                    .isInstanceOf(TrainingFailedException.class)
                    .hasMessageMatching(".*(NaN|Infinity).*; in epoch \\d+, step \\d+, at learning rate 10.0:"
                            + " try a lower optimizer.learningRate");
            assertThat(training.checkpoints()).isNotEmpty();
            CheckpointSaved last =
                    training.checkpoints().get(training.checkpoints().size() - 1);
            assertThat(last.last()).isFalse();
            assertThat(store.get(last.weights())).isNotEmpty();
            assertThat(store.get(last.trainingState())).isNotEmpty();
        }
    }

    @Test
    void aCheckpointMadeUnderAnotherConfigurationIsRefusedNamingWhatDiffers() {
        try (InProcessTraining training = new InProcessTraining(engine, store)) {
            training.run(submit("same-id", spec(1, "'method': 'erm'")));
            ExperimentSpec other = spec(1, "'method': 'erm', 'optimizer': {'learningRate': 0.05, 'name': 'adamw'}");
            assertThatThrownBy(() -> training.run(submit("same-id", other)))
                    .isInstanceOf(TrainingFailedException.class)
                    .hasMessage("the checkpoint at epoch 1 was made under another configuration:"
                            + " optimizer.learningRate was 0.1, is 0.05; optimizer.name was sgd, is adamw;"
                            + " optimizer.weightDecay was 5.0E-4, is 0.01: submit it under another id");
        }
    }

    @Test
    void dualIsRefusedForAMethodThatSeesAdversarialImagesOnly() {
        try (InProcessTraining training = new InProcessTraining(engine, store)) {
            assertThatThrownBy(() -> training.run(
                            submit("adversarial", spec(1, "'method': 'adversarial', 'batchNorm': 'dual'"))))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageStartingWith("batchNorm must be separate or joint with method adversarial");
        }
    }

    private static final class Killed extends RuntimeException {
        private static final long serialVersionUID = 1L;
    }

    private static NetworkArchitecture architecture(ExperimentSpec spec) {
        return NetworkArchitecture.named("resnet8", 1, 28, 28, 2)
                .normalizedBy(spec.normalization().mean(), spec.normalization().deviation());
    }

    private ExperimentSpec spec(int epochs, String options) {
        String attack = options.contains("'attack'") ? "" : "'attack': {'steps': 2}, ";
        String json = "{'dataset': 'small', 'network': 'resnet8', 'batchSize': 8, 'epochs': " + epochs + ", " + attack
                + options + "}";
        return EventCodec.read(json.replace('\'', '"').getBytes(StandardCharsets.UTF_8), ExperimentSpec.class)
                .resolvedFor(new Datasets(store).list().get(0));
    }

    private ExperimentCommand.Submit submit(String id, ExperimentSpec spec) {
        return new ExperimentCommand.Submit(id + "/submit", Instant.now(), Event.SCHEMA_VERSION, id, spec, dataset);
    }
}
