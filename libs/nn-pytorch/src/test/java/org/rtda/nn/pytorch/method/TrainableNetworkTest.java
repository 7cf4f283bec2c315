package org.rtda.nn.pytorch.method;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.rtda.core.ImageBatch;
import org.rtda.core.Seed;
import org.rtda.core.Tensor;
import org.rtda.core.network.Initialization;
import org.rtda.core.network.NetworkArchitecture;
import org.rtda.core.network.SafeTensors;
import org.rtda.core.network.Weights;
import org.rtda.nn.pytorch.engine.FrozenNetwork;
import org.rtda.nn.pytorch.engine.GoldenInputs;
import org.rtda.nn.pytorch.engine.NonFiniteException;
import org.rtda.nn.pytorch.engine.TorchEngine;

class TrainableNetworkTest {
    private static final NetworkArchitecture ARCHITECTURE = GoldenInputs.ARCHITECTURE;
    private static final int[] LABELS = GoldenInputs.LABELS;
    private static final SgdStep HYPER = new SgdStep(0.05, 0.9, 5e-4, true);
    private static final TrainingMethod RTDA = Methods.named("rtda", new MethodSettings(12, 6));

    private final TorchEngine engine = TorchEngine.start("cpu");

    @Test
    void trainingFromTheSameStateGivesTheSameBits() {
        assertThat(trained(4)).isEqualTo(trained(4));
    }

    @Test
    void aRunRestoredFromItsFileGoesOnToTheSameBits() {
        byte[] file;
        try (TrainableNetwork network = new TrainableNetwork(engine, ARCHITECTURE, initial())) {
            steps(network, 2);
            file = SafeTensors.encode(network.state().joined(), Map.of("step", "2"));
        }
        TrainingState restored = TrainingState.ofJoined(SafeTensors.decode(file).weights());
        try (TrainableNetwork network = new TrainableNetwork(engine, ARCHITECTURE, restored)) {
            steps(network, 2);
            assertThat(network.state()).isEqualTo(trained(4));
        }
    }

    @Test
    void anAttackBetweenStepsDoesNotTouchTheTraining() {
        try (TrainableNetwork network = new TrainableNetwork(engine, ARCHITECTURE, initial())) {
            for (int step = 0; step < 4; step++) {
                steps(network, 1);
                try (FrozenNetwork frozen = new FrozenNetwork(engine, ARCHITECTURE, network.weights())) {
                    GoldenInputs.lossGradient(frozen, GoldenInputs.images(0), LABELS);
                }
            }
            assertThat(network.state()).isEqualTo(trained(4));
        }
    }

    @Test
    void weightsOnceReadAreNotChangedByLaterSteps() {
        try (TrainableNetwork network = new TrainableNetwork(engine, ARCHITECTURE, initial())) {
            Weights weights = network.weights();
            steps(network, 2);
            assertThat(weights).isEqualTo(initial().weights());
            assertThat(network.weights()).isNotEqualTo(weights);
        }
    }

    @Test
    void trainingLowersTheLossOfABatch() {
        TrainingMethod erm = Methods.named("erm", new MethodSettings(0, 6));
        Map<String, ImageBatch> views = Map.of("clean", GoldenInputs.images(0));
        try (TrainableNetwork network = new TrainableNetwork(engine, ARCHITECTURE, initial())) {
            double first = network.step(erm, views, LABELS, HYPER).loss();
            StepReport last = null;
            for (int i = 0; i < 15; i++) {
                last = network.step(erm, views, LABELS, HYPER);
            }
            assertThat(last.loss()).isLessThan(first / 2);
            assertThat(last.accuracy()).containsEntry("clean", 1.0);
        }
    }

    @Test
    void aReportHoldsTheLossItsTermsAndTheAccuracyOfEachView() {
        try (TrainableNetwork network = new TrainableNetwork(engine, ARCHITECTURE, initial())) {
            StepReport report = network.step(RTDA, GoldenInputs.views(), LABELS, HYPER);
            assertThat(report.terms()).containsOnlyKeys("cross-entropy", "jensen-shannon");
            assertThat(report.accuracy().keySet()).containsExactly("clean", "augmix", "adversarial");
            double sum =
                    report.terms().get("cross-entropy") + 12 * report.terms().get("jensen-shannon");
            assertThat(report.loss()).isCloseTo(sum, org.assertj.core.data.Percentage.withPercentage(1e-3));
        }
    }

    @Test
    void equalViewsHaveNoDivergence() {
        ImageBatch images = GoldenInputs.images(0);
        Map<String, ImageBatch> views = Map.of("clean", images, "augmix", images, "adversarial", images);
        try (TrainableNetwork network = new TrainableNetwork(engine, ARCHITECTURE, initial())) {
            StepReport report = network.step(RTDA, views, LABELS, HYPER);
            assertThat(report.terms().get("jensen-shannon")).isBetween(-1e-6, 1e-6);
        }
    }

    @Test
    void aStepWhoseLossIsNoNumberThrowsAndChangesNothing() {
        float[] pixels = GoldenInputs.images(0).pixels().clone();
        pixels[5] = Float.NaN;
        Map<String, ImageBatch> views = new LinkedHashMap<>(GoldenInputs.views());
        views.put("adversarial", new ImageBatch(4, 1, 12, 12, pixels));
        try (TrainableNetwork network = new TrainableNetwork(engine, ARCHITECTURE, initial())) {
            assertThatThrownBy(() -> network.step(RTDA, views, LABELS, HYPER))
                    .isInstanceOf(NonFiniteException.class)
                    .hasMessageStartingWith("the loss of rtda became NaN, its terms {")
                    .hasMessageContaining("cross-entropy=NaN");
            assertThat(network.state()).isEqualTo(initial());
        }
    }

    @Test
    void weightsThatBecameInfiniteAreNotHandedOut() {
        try (TrainableNetwork network = new TrainableNetwork(engine, ARCHITECTURE, initial())) {
            SgdStep absurd = new SgdStep(1000, 0.9, 1000, true);
            assertThatThrownBy(() -> {
                        for (int i = 0; i < 20; i++) {
                            network.step(RTDA, GoldenInputs.views(), LABELS, absurd);
                        }
                        network.weights();
                    })
                    .isInstanceOf(NonFiniteException.class);
        }
    }

    @Test
    void viewsThatTheMethodDoesNotNeedOrThatAreMissingAreRefused() {
        try (TrainableNetwork network = new TrainableNetwork(engine, ARCHITECTURE, initial())) {
            assertThatThrownBy(() -> network.step(RTDA, Map.of("clean", GoldenInputs.images(0)), LABELS, HYPER))
                    .hasMessage("method rtda needs the views [clean, augmix, adversarial], got [clean]");
            assertThatThrownBy(() -> network.step(
                            Methods.named("erm", new MethodSettings(0, 6)),
                            Map.of("augmix", GoldenInputs.images(0)),
                            LABELS,
                            HYPER))
                    .hasMessage("method erm needs the views [clean], got [augmix]");
        }
    }

    @Test
    void aStateOfAnotherNetworkIsRefused() {
        NetworkArchitecture other = NetworkArchitecture.named("resnet20", 1, 12, 12, 3);
        assertThatThrownBy(() -> new TrainableNetwork(engine, other, initial()))
                .hasMessageStartingWith("weights do not fit network resnet20: tensor ");
        TrainingState withoutMomentum =
                new TrainingState(initial().weights(), new Weights(Map.of()), new Weights(Map.of()));
        assertThatThrownBy(() -> new TrainableNetwork(engine, ARCHITECTURE, withoutMomentum))
                .hasMessage(
                        "weights do not fit sgd of network resnet8: tensor 0 must be momentum/conv1.weight[16, 1, 3, 3],"
                                + " was absent");
    }

    @Test
    void withoutMomentumAndDecayAStepIsPlainGradientDescent() {
        // the bias of the last layer: gradient = mean over the batch of (probability - one-hot), here 1/3 - 1
        Map<String, Tensor> tensors = new LinkedHashMap<>(initial().weights().tensors());
        tensors.put("fc.weight", new Tensor(new long[] {3, 64}, new float[3 * 64]));
        tensors.put("fc.bias", new Tensor(new long[] {3}, new float[3]));
        TrainingState state = TrainingState.initial(ARCHITECTURE, new Weights(tensors));
        try (TrainableNetwork network = new TrainableNetwork(engine, ARCHITECTURE, state)) {
            int[] zeros = new int[4];
            network.step(
                    Methods.named("erm", new MethodSettings(0, 6)),
                    Map.of("clean", GoldenInputs.images(0)),
                    zeros,
                    new SgdStep(0.3, 0, 0, false));
            assertThat(network.weights().get("fc.bias").data())
                    .usingComparatorWithPrecision(1e-6f)
                    .containsExactly(0.2f, -0.1f, -0.1f);
        }
    }

    @Test
    void settingsOutOfRangeAreRefused() {
        assertThatThrownBy(() -> new SgdStep(Double.NaN, 0.9, 0, false))
                .hasMessage("learningRate must be in [0, 1000], was NaN");
        assertThatThrownBy(() -> new SgdStep(0.1, 1, 0, false)).hasMessage("momentum must be in [0, 1), was 1.0");
        assertThatThrownBy(() -> new SgdStep(0.1, 0, 0, true)).hasMessage("nesterov needs a momentum above 0");
        assertThatThrownBy(() -> Methods.named("rtda", new MethodSettings(-1, 6)))
                .hasMessage("lambda must be in [0, 1000], was -1.0");
        assertThatThrownBy(() -> Methods.named("mixup", new MethodSettings(1, 6)))
                .hasMessage("method must be one of " + Methods.names() + ", was mixup");
        assertThat(Methods.names()).allSatisfy(name -> assertThat(
                        Methods.named(name, new MethodSettings(1, 6)).name())
                .isEqualTo(name));
    }

    private TrainingState trained(int steps) {
        try (TrainableNetwork network = new TrainableNetwork(engine, ARCHITECTURE, initial())) {
            steps(network, steps);
            return network.state();
        }
    }

    private static void steps(TrainableNetwork network, int count) {
        for (int step = 0; step < count; step++) {
            network.step(RTDA, GoldenInputs.views(), LABELS, HYPER);
        }
    }

    private static TrainingState initial() {
        return TrainingState.initial(ARCHITECTURE, Initialization.weights(ARCHITECTURE, new Seed(11)));
    }
}
