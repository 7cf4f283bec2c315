package org.rtda.nn.pytorch.attack;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.rtda.core.ImageBatch;
import org.rtda.core.Seed;
import org.rtda.core.Tensor;
import org.rtda.core.network.Weights;
import org.rtda.nn.pytorch.engine.FrozenNetwork;
import org.rtda.nn.pytorch.engine.GoldenInputs;
import org.rtda.nn.pytorch.engine.NonFiniteException;
import org.rtda.nn.pytorch.engine.TorchEngine;

class PgdAttackTest {
    private static final int[] LABELS = GoldenInputs.LABELS;
    private static final List<Seed> SEEDS = List.of(new Seed(1), new Seed(2), new Seed(3), new Seed(4));

    private final TorchEngine engine = TorchEngine.start("cpu");

    @ParameterizedTest
    @CsvSource({"pgd-l2, 0.5", "pgd-l2, 0.001", "pgd-linf, 0.03", "pgd-linf, 0.0001"})
    void perturbationsStayInTheBallAndPixelsInRange(String name, double epsilon) {
        ImageBatch images = GoldenInputs.images(0);
        try (FrozenNetwork network = frozen(GoldenInputs.weights())) {
            ImageBatch found = Attacks.of(
                            AttackParameters.pgd(name, AttackObjective.CROSS_ENTROPY, epsilon, 5, epsilon, true))
                    .perturb(network, images, LABELS, SEEDS)
                    .images();
            for (int n = 0; n < images.count(); n++) {
                double squares = 0;
                double largest = 0;
                for (int i = n * images.imageSize(); i < (n + 1) * images.imageSize(); i++) {
                    double change = (double) found.pixels()[i] - images.pixels()[i];
                    squares += change * change;
                    largest = Math.max(largest, Math.abs(change));
                    assertThat(found.pixels()[i]).isBetween(0f, 1f);
                }
                double size = name.equals("pgd-l2") ? Math.sqrt(squares) : largest;
                assertThat(size).isLessThanOrEqualTo(epsilon * (1 + 1e-5)).isGreaterThan(epsilon * 0.9);
            }
        }
    }

    @Test
    void anAttackRaisesTheLossOfEveryImage() {
        ImageBatch images = GoldenInputs.images(0);
        try (FrozenNetwork network = frozen(GoldenInputs.weights())) {
            ImageBatch found = Attacks.of(
                            AttackParameters.pgd("pgd-l2", AttackObjective.CROSS_ENTROPY, 0.5, 7, 0.18, true))
                    .perturb(network, images, LABELS, SEEDS)
                    .images();
            float[][] before = network.logits(images);
            float[][] after = network.logits(found);
            for (int n = 0; n < images.count(); n++) {
                assertThat(crossEntropy(after[n], LABELS[n])).isGreaterThan(crossEntropy(before[n], LABELS[n]));
            }
        }
    }

    @Test
    void theSameSeedsGiveTheSameImagesBitForBitOnAnotherNetworkObject() {
        ImageBatch images = GoldenInputs.images(0);
        Attack attack = Attacks.of(AttackParameters.pgd("pgd-l2", AttackObjective.CROSS_ENTROPY, 0.5, 3, 0.2, true));
        try (FrozenNetwork first = frozen(GoldenInputs.weights());
                FrozenNetwork second = frozen(GoldenInputs.weights())) {
            assertThat(attack.perturb(first, images, LABELS, SEEDS).images())
                    .isEqualTo(attack.perturb(second, images, LABELS, SEEDS).images());
        }
    }

    @Test
    void anImageOfAShardComesOutAsItDoesAloneUpToRounding() {
        ImageBatch images = GoldenInputs.images(0);
        Attack attack = Attacks.of(AttackParameters.pgd("pgd-l2", AttackObjective.CROSS_ENTROPY, 0.5, 3, 0.2, true));
        try (FrozenNetwork network = frozen(GoldenInputs.weights())) {
            ImageBatch together = attack.perturb(network, images, LABELS, SEEDS).images();
            ImageBatch alone = attack.perturb(network, images.slice(2, 3), new int[] {LABELS[2]}, List.of(SEEDS.get(2)))
                    .images();
            assertThat(GoldenInputs.relativeError(together.slice(2, 3).pixels(), alone.pixels()))
                    .isLessThan(1e-5);
        }
    }

    @Test
    void theImagesGivenAreLeftAsTheyWere() {
        ImageBatch images = GoldenInputs.images(0);
        try (FrozenNetwork network = frozen(GoldenInputs.weights())) {
            Attacks.of(AttackParameters.pgd("pgd-linf", AttackObjective.CROSS_ENTROPY, 0.1, 2, 0.1, true))
                    .perturb(network, images, LABELS, SEEDS)
                    .images();
            assertThat(images).isEqualTo(GoldenInputs.images(0));
        }
    }

    @Test
    void aNetworkThatIgnoresTheImageLeavesItAlone() {
        try (FrozenNetwork network = frozen(with("fc.weight", 0f))) {
            ImageBatch images = GoldenInputs.images(0);
            assertThat(Attacks.of(AttackParameters.pgd("pgd-l2", AttackObjective.CROSS_ENTROPY, 0.5, 3, 0.2, false))
                            .perturb(network, images, LABELS, SEEDS)
                            .images())
                    .isEqualTo(images);
        }
    }

    @Test
    void aGradientThatIsNoNumberIsNamed() {
        try (FrozenNetwork network = frozen(with("fc.bias", Float.NaN))) {
            Attack attack =
                    Attacks.of(AttackParameters.pgd("pgd-l2", AttackObjective.CROSS_ENTROPY, 0.5, 3, 0.2, false));
            assertThatThrownBy(() -> attack.perturb(network, GoldenInputs.images(0), LABELS, SEEDS))
                    .isInstanceOf(NonFiniteException.class)
                    .hasMessage("the gradient of image 0 holds NaN at step 1 of 3 in L2 ball of radius 0.5");
        }
    }

    @Test
    void whatDoesNotFitIsRefusedWithItsValue() {
        try (FrozenNetwork network = frozen(GoldenInputs.weights())) {
            Attack attack =
                    Attacks.of(AttackParameters.pgd("pgd-l2", AttackObjective.CROSS_ENTROPY, 0.5, 3, 0.2, false));
            ImageBatch images = GoldenInputs.images(0);
            assertThatThrownBy(() -> attack.perturb(network, images, new int[] {0, 1, 3, 0}, SEEDS))
                    .hasMessage("label of image 2 must be in [0, 2], was 3");
            assertThatThrownBy(() -> attack.perturb(network, images, new int[] {0, 1}, SEEDS))
                    .hasMessage("a label is needed for each of 4 images, got 2");
            assertThatThrownBy(() -> attack.perturb(network, images, LABELS, List.of(new Seed(1))))
                    .hasMessage("an attack needs a seed for each of 4 images, got 1");
            float[] tooBright = images.pixels().clone();
            tooBright[200] = 1.5f;
            assertThatThrownBy(() -> attack.perturb(network, new ImageBatch(4, 1, 12, 12, tooBright), LABELS, SEEDS))
                    .hasMessage("pixels must be in [0, 1], image 1 holds 1.5");
            assertThatThrownBy(() -> network.logits(new ImageBatch(1, 1, 2, 2, new float[4])))
                    .hasMessageContaining("network resnet8 is for images of 1 x 12 x 12");
        }
    }

    private FrozenNetwork frozen(Weights weights) {
        return new FrozenNetwork(engine, GoldenInputs.ARCHITECTURE, weights);
    }

    private static Weights with(String name, float value) {
        Map<String, Tensor> tensors = new LinkedHashMap<>(GoldenInputs.weights().tensors());
        Tensor old = tensors.get(name);
        float[] values = new float[old.data().length];
        Arrays.fill(values, value);
        tensors.put(name, new Tensor(old.shape(), values));
        return new Weights(tensors);
    }

    private static double crossEntropy(float[] logits, int label) {
        double sum = 0;
        for (float logit : logits) {
            sum += Math.exp(logit - logits[label]);
        }
        return Math.log(sum);
    }

    @Test
    void crossEntropyOfEqualLogitsIsTheLogOfTheClasses() {
        assertThat(crossEntropy(new float[] {1, 1, 1}, 0)).isCloseTo(Math.log(3), within(1e-12));
    }
}
