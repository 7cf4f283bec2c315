package org.rtda.nn.pytorch.method;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.assertj.core.data.Percentage;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.rtda.core.ImageBatch;
import org.rtda.core.Seed;
import org.rtda.core.Tensor;
import org.rtda.core.network.Initialization;
import org.rtda.core.network.NetworkArchitecture;
import org.rtda.core.network.SafeTensors;
import org.rtda.core.network.Weights;
import org.rtda.nn.pytorch.engine.ClassIndices;
import org.rtda.nn.pytorch.engine.GoldenInputs;
import org.rtda.nn.pytorch.engine.NonFiniteException;
import org.rtda.nn.pytorch.engine.TorchEngine;

class TrainingOptionsTest {
    private static final NetworkArchitecture ARCHITECTURE = GoldenInputs.ARCHITECTURE;
    private static final int[] LABELS = GoldenInputs.LABELS;
    private static final MethodSettings SETTINGS = new MethodSettings(12, 6);
    private static final TrainingMethod RTDA = Methods.named("rtda", SETTINGS);
    private static final TrainingMethod ERM = Methods.named("erm", SETTINGS);
    private static final Weights WEIGHTS = Initialization.weights(ARCHITECTURE, new Seed(11));

    private static final TrainingOptions JOINT = options(Optimizer.SGD, BatchNormMode.JOINT, 0);
    private static final TrainingOptions DUAL = options(Optimizer.SGD, BatchNormMode.DUAL, 0);

    private final TorchEngine engine = TorchEngine.start("cpu");

    static List<TrainingOptions> combinations() {
        return List.of(
                options(Optimizer.ADAMW, BatchNormMode.SEPARATE, 0.9),
                new TrainingOptions(Optimizer.SGD, BatchNormMode.JOINT, List.of(0.5, 1.0, 2.0), 1.0, 0),
                new TrainingOptions(Optimizer.ADAMW, BatchNormMode.DUAL, List.of(), 5.0, 0.99));
    }

    @ParameterizedTest
    @MethodSource("combinations")
    void aRunRestoredFromItsFileGoesOnToTheSameBits(TrainingOptions options) {
        TrainingState through = trained(TrainingState.initial(ARCHITECTURE, WEIGHTS, options), options, 1, 4);
        byte[] file = SafeTensors.encode(
                trained(TrainingState.initial(ARCHITECTURE, WEIGHTS, options), options, 1, 2)
                        .joined(),
                Map.of());
        TrainingState restored = TrainingState.ofJoined(SafeTensors.decode(file).weights());
        assertThat(trained(restored, options, 3, 4)).isEqualTo(through);
    }

    @Test
    void theAverageIsAnExponentialOneFromTheInitialWeightsBatchNormStatisticsIncluded() {
        TrainingOptions options = options(Optimizer.SGD, BatchNormMode.SEPARATE, 0.75);
        TrainingState initial = TrainingState.initial(ARCHITECTURE, WEIGHTS, options);
        try (TrainableNetwork network = new TrainableNetwork(engine, ARCHITECTURE, initial, options)) {
            step(network, options, RTDA, 1);
            Weights first = network.state().parameters();
            step(network, options, RTDA, 2);
            Weights second = network.state().parameters();
            // 0.75 * (0.75 * initial + 0.25 * first) + 0.25 * second
            for (String name : List.of("conv1.weight", "bn1.bias", "bn1.running_mean", "bn1.running_var")) {
                float[] expected = new float[first.get(name).data().length];
                for (int i = 0; i < expected.length; i++) {
                    expected[i] = 0.5625f * WEIGHTS.get(name).data()[i]
                            + 0.1875f * first.get(name).data()[i]
                            + 0.25f * second.get(name).data()[i];
                }
                assertThat(GoldenInputs.relativeError(
                                network.weights().get(name).data(), expected))
                        .as(name)
                        .isLessThan(1e-6);
            }
            assertThat(network.state().weights()).isEqualTo(network.weights());
            assertThat(network.weights()).isNotEqualTo(second);
            assertThat(network.attackedWeights())
                    .as("attacks see the latest weights")
                    .isEqualTo(second);
        }
    }

    @Test
    void averagingLeavesTheTrainingItselfAlone() {
        TrainingOptions averaged = options(Optimizer.SGD, BatchNormMode.SEPARATE, 0.9);
        TrainingState with = trained(TrainingState.initial(ARCHITECTURE, WEIGHTS, averaged), averaged, 1, 3);
        TrainingState without = trained(TrainingState.initial(ARCHITECTURE, WEIGHTS), TrainingOptions.DEFAULT, 1, 3);
        assertThat(with.parameters()).isEqualTo(without.parameters());
        assertThat(with.buffers()).isEqualTo(without.buffers());
    }

    /**
     * Probabilities of the true classes 1/2, 1/4, 1/4 (logits ln 2, 0, 0), weights 1, 1, 4: the mean of ln 2, ln 4 and ln 4
     * weighted 1 : 1 : 4 is (1 + 2 + 8) / 6 ln 2.
     */
    @Test
    void crossEntropyIsTheWeightedMeanOverTheBatch() {
        float ln2 = (float) Math.log(2);
        float[][] logits = {{ln2, 0, 0}, {ln2, 0, 0}, {ln2, 0, 0}};
        float found = engine.call(() -> {
            try (NDManager manager = engine.newManager()) {
                NDArray shares = manager.create(new float[][] {{1 / 6f}, {1 / 6f}, {4 / 6f}});
                TrainingLabels targets = new TrainingLabels(ClassIndices.load(manager, new int[] {0, 1, 2}), shares);
                return Losses.crossEntropy(manager.create(logits), targets).getFloat();
            }
        });
        assertThat(found).isCloseTo(11f / 6 * ln2, Percentage.withPercentage(1e-4));
    }

    /**
     * A network that answers 0 for every image: every class has probability 1/3. The gradient of the last bias is the weighted
     * mean of (probability - one-hot). ClassIndices 0, 1, 2, 0 with weights 1, 2, 4: shares 1/8, 2/8, 4/8, 1/8; by class 2/8, 2/8,
     * 4/8; so 1/3 minus these.
     */
    @Test
    void classWeightsReachTheGradient() {
        Map<String, Tensor> tensors = new LinkedHashMap<>(WEIGHTS.tensors());
        tensors.put("fc.weight", new Tensor(new long[] {3, 64}, new float[3 * 64]));
        tensors.put("fc.bias", new Tensor(new long[] {3}, new float[3]));
        TrainingOptions options =
                new TrainingOptions(Optimizer.SGD, BatchNormMode.SEPARATE, List.of(1.0, 2.0, 4.0), null, 0);
        TrainingState state = TrainingState.initial(ARCHITECTURE, new Weights(tensors), options);
        try (TrainableNetwork network = new TrainableNetwork(engine, ARCHITECTURE, state, options)) {
            StepReport report = network.step(ERM, GoldenInputs.views(ERM), LABELS, new SgdStep(1, 0, 0, false));
            assertThat(report.loss()).isCloseTo(Math.log(3), Percentage.withPercentage(1e-4));
            assertThat(network.weights().get("fc.bias").data())
                    .usingComparatorWithPrecision(1e-6f)
                    .containsExactly(-1f / 12, -1f / 12, 1f / 6);
        }
    }

    @Test
    void jointIsSeparateForASingleView() {
        assertThat(trained(TrainingState.initial(ARCHITECTURE, WEIGHTS, JOINT), JOINT, ERM, 1, 2))
                .isEqualTo(trained(TrainingState.initial(ARCHITECTURE, WEIGHTS), TrainingOptions.DEFAULT, ERM, 1, 2));
    }

    /** Running means begin at 0. Of three equal views of mean m: one update makes 0.1 m, three make (1 - 0.9^3) m = 0.271 m. */
    @Test
    void jointUpdatesTheStatisticsOnceAStepAndSeparateOnceAView() {
        ImageBatch images = GoldenInputs.images(0);
        Map<String, ImageBatch> views = Map.of("clean", images, "augmix", images, "adversarial", images);
        float[][] means = new float[2][];
        for (TrainingOptions options : List.of(JOINT, TrainingOptions.DEFAULT)) {
            try (TrainableNetwork network = new TrainableNetwork(
                    engine, ARCHITECTURE, TrainingState.initial(ARCHITECTURE, WEIGHTS, options), options)) {
                network.step(RTDA, views, LABELS, new SgdStep(0.05, 0, 0, false));
                means[options == JOINT ? 0 : 1] =
                        network.weights().get("bn1.running_mean").data();
            }
        }
        for (int channel = 0; channel < means[0].length; channel++) {
            assertThat(means[1][channel]).isCloseTo(2.71f * means[0][channel], Percentage.withPercentage(1e-2));
        }
    }

    @Test
    void underDualAttacksSeeTheAdversarialSetAndTheDeployedNetworkTheOther() {
        try (TrainableNetwork network =
                new TrainableNetwork(engine, ARCHITECTURE, TrainingState.initial(ARCHITECTURE, WEIGHTS, DUAL), DUAL)) {
            step(network, DUAL, RTDA, 1);
            Weights all = network.state().parameters();
            Weights deployed = network.weights();
            Weights attacked = network.attackedWeights();
            ARCHITECTURE.requireFits(deployed);
            ARCHITECTURE.requireFits(attacked);
            assertThat(attacked.get("conv1.weight")).isEqualTo(deployed.get("conv1.weight"));
            for (String name : List.of("bn1.weight", "bn1.bias", "bn1.running_mean", "layer3.0.bn2.running_var")) {
                assertThat(deployed.get(name)).isEqualTo(all.get(name));
                assertThat(attacked.get(name)).isEqualTo(all.get("adversarial-batch-norm/" + name));
                assertThat(attacked.get(name)).as(name).isNotEqualTo(deployed.get(name));
            }
        }
    }

    @Test
    void dualIsSeparateForAMethodWithoutAdversarialViews() {
        assertThat(BatchNormMode.DUAL.forMethod(ERM)).isEqualTo(BatchNormMode.SEPARATE);
        assertThat(BatchNormMode.DUAL.forMethod(Methods.named("augmix", SETTINGS)))
                .isEqualTo(BatchNormMode.SEPARATE);
        assertThat(BatchNormMode.DUAL.forMethod(RTDA)).isEqualTo(BatchNormMode.DUAL);
        assertThat(BatchNormMode.JOINT.forMethod(ERM)).isEqualTo(BatchNormMode.JOINT);
    }

    @Test
    void dualIsRefusedWhereTheDeployedBatchNormWouldNeverBeTrained() {
        for (String name : List.of("adversarial", "augmix-adversarial")) {
            assertThatThrownBy(() -> BatchNormMode.DUAL.forMethod(Methods.named(name, SETTINGS)))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessage("batchNorm must be separate or joint with method " + name
                            + ", whose views are all adversarial: with dual the batch norm that is deployed would"
                            + " never be trained");
        }
    }

    @Test
    void aGradientThatIsNotFiniteIsRefusedBeforeItChangesAnything() {
        engine.call(() -> {
            try (NDManager manager = engine.newManager()) {
                List<NDArray> gradients = List.of(manager.create(new float[] {1, Float.NaN}));
                assertThatThrownBy(() -> GradientClipping.clip(gradients, 1))
                        .isInstanceOf(NonFiniteException.class)
                        .hasMessage("the norm of the gradient became NaN");
                return null;
            }
        });
    }

    @Test
    void clippingScalesToTheCommonNormAndLeavesShortGradientsAlone() {
        engine.call(() -> {
            try (NDManager manager = engine.newManager()) {
                // lengths 3 and 4: together 5
                NDArray first = manager.create(new float[] {3, 0});
                NDArray second = manager.create(new float[] {0, 0, 4});
                GradientClipping.clip(List.of(first, second), 10);
                assertThat(first.toFloatArray()).containsExactly(3f, 0f);
                GradientClipping.clip(List.of(first, second), 2.5);
                assertThat(first.toFloatArray())
                        .usingComparatorWithPrecision(1e-5f)
                        .containsExactly(1.5f, 0f);
                assertThat(second.toFloatArray())
                        .usingComparatorWithPrecision(1e-5f)
                        .containsExactly(0f, 0f, 2f);
                return null;
            }
        });
    }

    @Test
    void aStateMadeUnderOtherOptionsIsRefused() {
        TrainingState plain = TrainingState.initial(ARCHITECTURE, WEIGHTS);
        assertThatThrownBy(() -> new TrainableNetwork(engine, ARCHITECTURE, plain, DUAL))
                .hasMessage("weights do not fit network resnet8: tensor "
                        + WEIGHTS.tensors().size() + " must be adversarial-batch-norm/bn1.weight[16], was absent");
        assertThatThrownBy(() -> new TrainableNetwork(
                        engine, ARCHITECTURE, plain, options(Optimizer.ADAMW, BatchNormMode.SEPARATE, 0)))
                .hasMessage("weights do not fit adamw of network resnet8: tensor 0 must be"
                        + " first-moment/conv1.weight[16, 1, 3, 3], was momentum/conv1.weight");
        assertThatThrownBy(() -> new TrainableNetwork(
                        engine, ARCHITECTURE, plain, options(Optimizer.SGD, BatchNormMode.SEPARATE, 0.9)))
                .hasMessage("weights do not fit the average of network resnet8: tensor 0 must be"
                        + " conv1.weight[16, 1, 3, 3], was absent");
        TrainingOptions twoClasses =
                new TrainingOptions(Optimizer.SGD, BatchNormMode.SEPARATE, List.of(1.0, 2.0), null, 0);
        assertThatThrownBy(() -> new TrainableNetwork(engine, ARCHITECTURE, plain, twoClasses))
                .hasMessage("classWeights must hold one for each of the 3 classes, held 2");
    }

    @Test
    void aStepThatDoesNotFitTheOptionsIsRefused() {
        Map<String, ImageBatch> views = GoldenInputs.views(ERM);
        try (TrainableNetwork network =
                new TrainableNetwork(engine, ARCHITECTURE, TrainingState.initial(ARCHITECTURE, WEIGHTS, DUAL), DUAL)) {
            assertThatThrownBy(() -> network.step(ERM, views, LABELS, new AdamWStep(1e-3, 0, 1)))
                    .hasMessage("this network is trained with sgd, got a step of adamw");
            assertThatThrownBy(() -> network.step(ERM, views, LABELS, new SgdStep(0.1, 0, 0, false)))
                    .hasMessage("batchNorm must be separate or joint with method erm, which has no adversarial views,"
                            + " was dual");
        }
    }

    @Test
    void settingsOutOfRangeAreRefused() {
        assertThatThrownBy(() -> new AdamWStep(Double.NaN, 0, 1))
                .hasMessage("learningRate must be in [0, 1000], was NaN");
        assertThatThrownBy(() -> new AdamWStep(0.1, 0, 0)).hasMessage("number must be at least 1, was 0");
        assertThatThrownBy(() -> options(Optimizer.SGD, BatchNormMode.JOINT, 1))
                .hasMessage("averaging must be in [0, 1), was 1.0");
        assertThatThrownBy(() -> new TrainingOptions(Optimizer.SGD, BatchNormMode.JOINT, List.of(), 0.0, 0))
                .hasMessage("clipNorm must be above 0 and finite, was 0.0");
        assertThatThrownBy(() -> new TrainingOptions(Optimizer.SGD, BatchNormMode.JOINT, List.of(1.0, 0.0), null, 0))
                .hasMessage("classWeights (each) must be above 0 and finite, was 0.0");
        assertThatThrownBy(() -> Optimizer.named("lion")).hasMessage("optimizer must be one of [sgd, adamw], was lion");
        assertThatThrownBy(() -> BatchNormMode.named("group"))
                .hasMessage("batchNorm must be one of [separate, joint, dual], was group");
    }

    private static TrainingOptions options(Optimizer optimizer, BatchNormMode mode, double averaging) {
        return new TrainingOptions(optimizer, mode, List.of(), null, averaging);
    }

    private TrainingState trained(TrainingState from, TrainingOptions options, int first, int last) {
        return trained(from, options, RTDA, first, last);
    }

    private TrainingState trained(
            TrainingState from, TrainingOptions options, TrainingMethod method, int first, int last) {
        try (TrainableNetwork network = new TrainableNetwork(engine, ARCHITECTURE, from, options)) {
            for (int number = first; number <= last; number++) {
                step(network, options, method, number);
            }
            return network.state();
        }
    }

    private static void step(TrainableNetwork network, TrainingOptions options, TrainingMethod method, int number) {
        OptimizerStep hyper = options.optimizer() == Optimizer.SGD
                ? new SgdStep(0.05, 0.9, 5e-4, true)
                : new AdamWStep(1e-3, 0.01, number);
        network.step(method, GoldenInputs.views(method), LABELS, hyper);
    }
}
