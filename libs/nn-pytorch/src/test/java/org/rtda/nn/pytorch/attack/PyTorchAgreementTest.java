package org.rtda.nn.pytorch.attack;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.training.GradientCollector;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.IntFunction;
import org.assertj.core.data.Percentage;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.rtda.core.ImageBatch;
import org.rtda.core.Seed;
import org.rtda.core.Tensor;
import org.rtda.core.network.Weights;
import org.rtda.nn.pytorch.engine.ClassIndices;
import org.rtda.nn.pytorch.engine.FrozenNetwork;
import org.rtda.nn.pytorch.engine.GoldenInputs;
import org.rtda.nn.pytorch.engine.TorchEngine;
import org.rtda.nn.pytorch.method.AdamWStep;
import org.rtda.nn.pytorch.method.BatchNormMode;
import org.rtda.nn.pytorch.method.Losses;
import org.rtda.nn.pytorch.method.MethodSettings;
import org.rtda.nn.pytorch.method.Methods;
import org.rtda.nn.pytorch.method.Optimizer;
import org.rtda.nn.pytorch.method.OptimizerStep;
import org.rtda.nn.pytorch.method.SgdStep;
import org.rtda.nn.pytorch.method.TrainableNetwork;
import org.rtda.nn.pytorch.method.TrainingLabels;
import org.rtda.nn.pytorch.method.TrainingMethod;
import org.rtda.nn.pytorch.method.TrainingOptions;
import org.rtda.nn.pytorch.method.TrainingState;
import org.rtda.nn.pytorch.method.View;

/** The same weights and images through PyTorch itself, in double precision; see {@code make_golden.py}. */
class PyTorchAgreementTest {
    private static final Weights GOLDEN = GoldenInputs.golden("network.safetensors");
    private static final SgdStep SGD = new SgdStep(0.05, 0.9, 5e-4, true);
    private static final TrainingMethod RTDA = Methods.named("rtda", new MethodSettings(12, 6));
    private static final List<Seed> SEEDS = List.of(new Seed(1), new Seed(2), new Seed(3), new Seed(4));

    private final TorchEngine engine = TorchEngine.start("cpu");

    @Test
    void logitsAgree() {
        try (FrozenNetwork network = frozen()) {
            float[][] logits = network.logits(GoldenInputs.images(0));
            float[] found = new float[12];
            for (int n = 0; n < 4; n++) {
                System.arraycopy(logits[n], 0, found, n * 3, 3);
            }
            assertThat(GoldenInputs.relativeError(found, GOLDEN.get("logits").data()))
                    .isLessThan(1e-5);
        }
    }

    @Test
    void theGradientOfTheImagesAgrees() {
        try (FrozenNetwork network = frozen()) {
            float[] found = GoldenInputs.lossGradient(network, GoldenInputs.images(0), GoldenInputs.LABELS);
            assertThat(GoldenInputs.relativeError(found, GOLDEN.get("gradient").data()))
                    .isLessThan(1e-5);
        }
    }

    @Test
    void crossEntropyAndJensenShannonAgree() {
        try (FrozenNetwork network = frozen()) {
            float[][] clean = network.logits(GoldenInputs.images(0));
            float[][] augmix = network.logits(GoldenInputs.images(1));
            float[][] adversarial = network.logits(GoldenInputs.images(2));
            engine.call(() -> {
                try (NDManager manager = engine.newManager()) {
                    TrainingLabels targets = new TrainingLabels(ClassIndices.load(manager, GoldenInputs.LABELS), null);
                    float crossEntropy =
                            Losses.crossEntropy(manager.create(clean), targets).getFloat();
                    float jensenShannon = Losses.jensenShannon(
                                    List.of(manager.create(clean), manager.create(augmix), manager.create(adversarial)))
                            .getFloat();
                    assertThat(crossEntropy)
                            .isCloseTo(GOLDEN.get("cross-entropy").data()[0], Percentage.withPercentage(1e-3));
                    assertThat(jensenShannon)
                            .isCloseTo(GOLDEN.get("jensen-shannon").data()[0], Percentage.withPercentage(1e-3));
                    return null;
                }
            });
        }
    }

    @ParameterizedTest
    @CsvSource({"pgd-l2, 0.5, 0.17857142857142858", "pgd-linf, 0.03, 0.01"})
    void projectedGradientDescentAgrees(String name, double epsilon, double stepSize) {
        ImageBatch images = GoldenInputs.images(0);
        try (FrozenNetwork network = frozen()) {
            ImageBatch found = Attacks.of(
                            AttackParameters.pgd(name, AttackObjective.CROSS_ENTROPY, epsilon, 7, stepSize, false))
                    .perturb(network, images, GoldenInputs.LABELS, SEEDS)
                    .images();
            assertThat(GoldenInputs.relativeError(
                            found.pixels(), GOLDEN.get(name).data()))
                    .isLessThan(1e-4);
        }
    }

    @ParameterizedTest
    @MethodSource("methods")
    void threeOptimiserStepsAgreeInEveryParameter(String name) {
        requireThreeStepsAgree(
                name, Methods.named(name, new MethodSettings(12, 6)), TrainingOptions.DEFAULT, step -> SGD);
    }

    @Test
    void threeStepsOfAdamWAgree() {
        TrainingOptions options = new TrainingOptions(Optimizer.ADAMW, BatchNormMode.SEPARATE, List.of(), null, 0);
        requireThreeStepsAgree("adamw", RTDA, options, step -> new AdamWStep(1e-3, 0.01, step));
    }

    /** The first of the three gradients is longer than 30, the others are shorter. */
    @Test
    void threeStepsWithClippedGradientsAgree() {
        TrainingOptions options = new TrainingOptions(Optimizer.SGD, BatchNormMode.SEPARATE, List.of(), 30.0, 0);
        requireThreeStepsAgree("clipped", RTDA, options, step -> SGD);
    }

    @ParameterizedTest
    @EnumSource(
            value = BatchNormMode.class,
            names = {"JOINT", "DUAL"})
    void threeStepsAgreeInEachBatchNormMode(BatchNormMode mode) {
        TrainingOptions options = new TrainingOptions(Optimizer.SGD, mode, List.of(), null, 0);
        requireThreeStepsAgree(mode.title(), RTDA, options, step -> SGD);
    }

    private void requireThreeStepsAgree(
            String file, TrainingMethod method, TrainingOptions options, IntFunction<OptimizerStep> hyper) {
        Weights golden = GoldenInputs.golden("steps-" + file + ".safetensors");
        Map<String, ImageBatch> views = GoldenInputs.views(method);
        TrainingState initial = TrainingState.initial(GoldenInputs.ARCHITECTURE, GoldenInputs.weights(), options);
        Weights before = initial.parameters();
        try (TrainableNetwork network = new TrainableNetwork(engine, GoldenInputs.ARCHITECTURE, initial, options)) {
            for (int step = 1; step <= 3; step++) {
                double loss = network.step(method, views, GoldenInputs.LABELS, hyper.apply(step))
                        .loss();
                assertThat(loss).isCloseTo(golden.get("losses").data()[step - 1], Percentage.withPercentage(1e-2));
            }
            Weights after = network.state().parameters();
            assertThat(golden.tensors()).hasSize(before.tensors().size() + 1);
            for (String parameter : before.tensors().keySet()) {
                float[] expected = golden.get(parameter).data();
                float[] found = digest(before.get(parameter), after.get(parameter), expected.length);
                for (int i = 0; i < expected.length; i++) {
                    assertThat(found[i])
                            .as("figure %d of the change of %s", i, parameter)
                            .isCloseTo(expected[i], within(1e-4f * expected[0]));
                }
            }
        }
    }

    @ParameterizedTest
    @MethodSource("methods")
    void lossesAgreeAndSoDoTheirGradients(String name) {
        TrainingMethod method = Methods.named(name, new MethodSettings(12, 6));
        Weights golden = GoldenInputs.golden("losses.safetensors");
        float[] gradient = new float[method.views().size() * 12];
        float loss = engine.call(() -> {
            try (NDManager manager = engine.newManager()) {
                Map<String, NDArray> logits = new LinkedHashMap<>();
                for (View view : method.views()) {
                    float[][] values = formulaLogits(logits.size());
                    NDArray array = manager.create(values).duplicate();
                    array.setRequiresGradient(true);
                    logits.put(view.name(), array);
                }
                TrainingMethod.Loss found;
                try (GradientCollector collector = engine.engine().newGradientCollector()) {
                    found = method.loss(
                            logits, new TrainingLabels(ClassIndices.load(manager, GoldenInputs.LABELS), null));
                    collector.backward(found.value());
                }
                List<NDArray> arrays = new ArrayList<>(logits.values());
                for (int v = 0; v < arrays.size(); v++) {
                    System.arraycopy(arrays.get(v).getGradient().toFloatArray(), 0, gradient, v * 12, 12);
                }
                return found.value().getFloat();
            }
        });
        assertThat(loss).isCloseTo(golden.get(name).data()[0], Percentage.withPercentage(1e-3));
        assertThat(GoldenInputs.relativeError(
                        gradient, golden.get(name + "-gradient").data()))
                .isLessThan(1e-5);
    }

    @Test
    void projectedGradientDescentOnTheDivergenceAgrees() {
        ImageBatch images = GoldenInputs.images(0);
        float[] start = images.pixels().clone();
        float[] towards = GoldenInputs.images(1).pixels();
        for (int i = 0; i < start.length; i++) {
            start[i] = (float) (0.98 * start[i] + 0.02 * towards[i]);
        }
        PgdAttack attack = new PgdAttack(
                AttackParameters.pgd("pgd-l2", AttackObjective.KL_DIVERGENCE, 0.5, 7, 2.5 * 0.5 / 7, true));
        try (FrozenNetwork network = frozen()) {
            ImageBatch found = attack.perturb(network, images, GoldenInputs.LABELS, SEEDS, start);
            assertThat(GoldenInputs.relativeError(
                            found.pixels(), GOLDEN.get("pgd-l2-divergence").data()))
                    .isLessThan(1e-4);
        }
    }

    private static List<String> methods() {
        return Methods.names();
    }

    /** As {@code formula_logits} in the script. */
    private static float[][] formulaLogits(int view) {
        float[][] logits = new float[GoldenInputs.BATCH][3];
        for (int i = 0; i < 12; i++) {
            logits[i / 3][i % 3] = (float) (2.5 * Math.sin(1.3 * i + 0.9 * view));
        }
        return logits;
    }

    /** Of the change of a tensor: its norm, two projections on waves, and its first values. */
    private static float[] digest(Tensor before, Tensor after, int length) {
        double squares = 0;
        double first = 0;
        double second = 0;
        float[] digest = new float[length];
        for (int i = 0; i < before.data().length; i++) {
            double change = (double) after.data()[i] - before.data()[i];
            squares += change * change;
            first += change * Math.cos(i);
            second += change * Math.cos(0.37 * i + 1);
            if (i + 3 < length) {
                digest[i + 3] = (float) change;
            }
        }
        digest[0] = (float) Math.sqrt(squares);
        digest[1] = (float) first;
        digest[2] = (float) second;
        return digest;
    }

    private FrozenNetwork frozen() {
        return new FrozenNetwork(engine, GoldenInputs.ARCHITECTURE, GoldenInputs.weights());
    }
}
