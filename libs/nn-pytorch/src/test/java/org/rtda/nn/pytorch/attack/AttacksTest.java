package org.rtda.nn.pytorch.attack;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.rtda.core.ImageBatch;
import org.rtda.core.Seed;
import org.rtda.core.Tensor;
import org.rtda.core.network.NetworkArchitecture;
import org.rtda.core.network.Weights;
import org.rtda.nn.pytorch.engine.FrozenNetwork;
import org.rtda.nn.pytorch.engine.GoldenInputs;
import org.rtda.nn.pytorch.engine.NonFiniteException;
import org.rtda.nn.pytorch.engine.TorchEngine;

/** What holds for every attack, on a network of five classes that takes each image for what its label says. */
class AttacksTest {
    private static final NetworkArchitecture FIVE_CLASSES = NetworkArchitecture.named("resnet8", 1, 12, 12, 5);
    private static final ImageBatch IMAGES = GoldenInputs.images(0);
    private static final List<Seed> SEEDS =
            IntStream.range(0, 4).mapToObj(Seed::new).toList();

    private final TorchEngine engine = TorchEngine.start("cpu");

    @ParameterizedTest
    @MethodSource("everyAttack")
    void perturbationsStayInTheBallAndPixelsInRange(AttackParameters parameters) {
        try (FrozenNetwork network = frozen(GoldenInputs.weights(FIVE_CLASSES))) {
            ImageBatch found = perturb(parameters, network).images();
            double[] perturbation = new double[IMAGES.imageSize()];
            for (int n = 0; n < IMAGES.count(); n++) {
                EpsilonBall.difference(perturbation, found.pixels(), IMAGES.pixels(), n * IMAGES.imageSize());
                assertThat(parameters.ball().length(perturbation))
                        .isLessThanOrEqualTo(parameters.epsilon() * (1 + 1e-12));
            }
            for (float pixel : found.pixels()) {
                assertThat(pixel).isBetween(0f, 1f);
            }
            assertThat(IMAGES).isEqualTo(GoldenInputs.images(0));
        }
    }

    @ParameterizedTest
    @MethodSource("everyAttack")
    void anImageComesOutAsItDoesAmongOthers(AttackParameters parameters) {
        try (FrozenNetwork network = frozen(GoldenInputs.weights(FIVE_CLASSES))) {
            ImageBatch together = perturb(parameters, network).images();
            int[] labels = labels(network);
            for (int n = 0; n < IMAGES.count(); n++) {
                int image = n;
                ImageBatch copies =
                        ImageBatch.concat(Collections.nCopies(IMAGES.count(), IMAGES.slice(image, image + 1)));
                int[] copiedLabels = new int[IMAGES.count()];
                Arrays.fill(copiedLabels, labels[image]);
                ImageBatch amongOthers = Attacks.of(parameters)
                        .perturb(network, copies, copiedLabels, SEEDS)
                        .images();
                assertThat(GoldenInputs.relativeError(
                                together.slice(image, image + 1).pixels(),
                                amongOthers.slice(image, image + 1).pixels()))
                        .as("image %d", image)
                        .isLessThan(1e-4);
            }
        }
    }

    /** The engine's kernels round otherwise for another number of images: the same up to that. */
    @ParameterizedTest
    @MethodSource("attacksWithoutRandomSearch")
    void anImageComesOutAsItDoesAloneUpToRounding(AttackParameters parameters) {
        try (FrozenNetwork network = frozen(GoldenInputs.weights(FIVE_CLASSES))) {
            ImageBatch together = perturb(parameters, network).images();
            int[] labels = labels(network);
            for (int n = 0; n < IMAGES.count(); n++) {
                ImageBatch alone = Attacks.of(parameters)
                        .perturb(network, IMAGES.slice(n, n + 1), new int[] {labels[n]}, List.of(SEEDS.get(n)))
                        .images();
                assertThat(GoldenInputs.relativeError(together.slice(n, n + 1).pixels(), alone.pixels()))
                        .as("image %d", n)
                        .isLessThan(1e-4);
            }
        }
    }

    @ParameterizedTest
    @MethodSource("everyAttack")
    void theSameSeedsGiveTheSameImagesBitForBit(AttackParameters parameters) {
        try (FrozenNetwork network = frozen(GoldenInputs.weights(FIVE_CLASSES))) {
            assertThat(perturb(parameters, network)).isEqualTo(perturb(parameters, network));
        }
    }

    @ParameterizedTest
    @MethodSource("everyAttack")
    void aLogitThatIsNoNumberIsNamed(AttackParameters parameters) {
        Weights broken = changed(GoldenInputs.weights(FIVE_CLASSES), "fc.bias", Float.NaN);
        try (FrozenNetwork network = frozen(broken)) {
            Attack attack = Attacks.of(parameters);
            if (parameters.name().equals("random-noise")) {
                assertThat(attack.perturb(network, IMAGES, new int[4], SEEDS).images())
                        .isNotEqualTo(IMAGES);
            } else {
                assertThatThrownBy(() -> attack.perturb(network, IMAGES, new int[4], SEEDS))
                        .isInstanceOf(NonFiniteException.class)
                        .hasMessageContaining("image 0");
            }
        }
    }

    @ParameterizedTest
    @MethodSource("attacksThatSearch")
    void aBallOfGoodSizeHoldsAnImageThatFools(AttackParameters parameters) {
        try (FrozenNetwork network = frozen(GoldenInputs.weights(FIVE_CLASSES))) {
            Attack.Perturbed found = perturb(parameters, network);
            int[] labels = labels(network);
            float[][] logits = network.logits(found.images());
            for (int n = 0; n < labels.length; n++) {
                assertThat(LogitLoss.predicted(logits[n])).as("image %d", n).isNotEqualTo(labels[n]);
            }
        }
    }

    @ParameterizedTest
    @CsvSource({
        "fgsm, 1, 1", "pgd-l2, 4, 4", "apgd-ce, 4, 4", "apgd-margin, 4, 4", "apgd-dlr, 4, 4",
        // an epsilon of 0 fools nobody: four other classes, each in turn or all in each step
        "apgd-targeted-dlr, 4, 16", "fab, 4, 16", "fab-targeted, 4, 16", "square, 4, 0", "random-noise, 1, 0"
    })
    void gradientsAreCounted(String name, int steps, int gradients) {
        AttackParameters parameters = name.equals("pgd-l2")
                ? AttackParameters.pgd(name, AttackObjective.CROSS_ENTROPY, 0, steps, 0.1, true)
                : AttackParameters.of(name, Norm.L2, 0, steps);
        try (FrozenNetwork network = frozen(GoldenInputs.weights(FIVE_CLASSES))) {
            Attack.Perturbed found = perturb(parameters, network);
            assertThat(found.gradientEvaluations()).isEqualTo(gradients);
            if (gradients == 0) {
                assertThat(found.zeroGradients()).isNull();
            } else {
                assertThat(found.zeroGradients()).isZero();
            }
        }
    }

    @Test
    void aSaturatedSoftmaxIsSeenByItsGradientsAndGotRoundByAMargin() {
        Weights weights = GoldenInputs.weights(FIVE_CLASSES);
        Weights saturated = scaled(scaled(weights, "fc.weight"), "fc.bias");
        AttackParameters pgd = AttackParameters.pgd("pgd-l2", AttackObjective.CROSS_ENTROPY, 0.05, 3, 0.02, false);
        try (FrozenNetwork network = frozen(saturated)) {
            Attack.Perturbed hidden = perturb(pgd, network);
            assertThat(hidden.zeroGradients()).isEqualTo(4);
            assertThat(hidden.images()).isEqualTo(IMAGES);
            assertThat(perturb(AttackParameters.of("fgsm", Norm.LINF, 0.05, 1), network)
                            .zeroGradients())
                    .isEqualTo(4);
            assertThat(perturb(AttackParameters.of("apgd-margin", Norm.L2, 0.05, 3), network)
                            .zeroGradients())
                    .isZero();
        }
        try (FrozenNetwork network = frozen(weights)) {
            assertThat(perturb(pgd, network).zeroGradients()).isZero();
        }
    }

    @Test
    void theFastGradientMethodGoesTheWholeWayOnce() {
        // z_1 - z_0 = 3 x_0 - 4 x_3, of class 0: up with the first pixel, down with the last
        ImageBatch image = new ImageBatch(1, 1, 2, 2, new float[] {0.5f, 0.5f, 0.5f, 0.5f});
        try (FrozenNetwork network = LinearNetworks.of(engine, new float[][] {{0, 0, 0, 0}, {3, 0, 0, -4}}, 0, 0)) {
            assertThat(oneStep(network, image, Norm.LINF, null))
                    .containsExactly(new float[] {0.6f, 0.5f, 0.5f, 0.4f}, within(1e-6f));
            assertThat(oneStep(network, image, Norm.L2, null))
                    .containsExactly(new float[] {0.56f, 0.5f, 0.5f, 0.42f}, within(1e-6f));
            // to be taken for class 0 it goes the other way
            assertThat(oneStep(network, image, Norm.L2, 0))
                    .containsExactly(new float[] {0.44f, 0.5f, 0.5f, 0.58f}, within(1e-6f));
        }
    }

    @ParameterizedTest
    @CsvSource({"fgsm", "pgd-l2", "apgd-ce"})
    void aTargetClassIsWhatTheImagesAreTakenFor(String name) {
        boolean pgd = name.startsWith("pgd");
        int steps = name.equals("fgsm") ? 1 : 20;
        AttackParameters parameters = AttackParameters.builder()
                .name(name)
                .norm(Norm.L2)
                .epsilon(3)
                .steps(steps)
                .stepSize(pgd ? 0.4 : null)
                .randomStart(pgd ? true : null)
                .targetClass(3)
                .build();
        try (FrozenNetwork network = frozen(GoldenInputs.weights(FIVE_CLASSES))) {
            float[][] before = network.logits(IMAGES);
            float[][] after = network.logits(perturb(parameters, network).images());
            LogitLoss loss = new CrossEntropyLoss(new int[] {3, 3, 3, 3});
            for (int n = 0; n < after.length; n++) {
                if (name.equals("fgsm")) {
                    assertThat(loss.value(after[n], n)).isNotEqualTo(loss.value(before[n], n));
                } else {
                    assertThat(LogitLoss.predicted(after[n])).as("image %d", n).isEqualTo(3);
                }
            }
        }
    }

    @Test
    void aTargetClassMustBeOne() {
        AttackParameters parameters = AttackParameters.builder()
                .name("fgsm")
                .norm(Norm.L2)
                .epsilon(0.5)
                .steps(1)
                .targetClass(5)
                .build();
        try (FrozenNetwork network = frozen(GoldenInputs.weights(FIVE_CLASSES))) {
            assertThatThrownBy(() -> perturb(parameters, network)).hasMessage("targetClass must be in [0, 4], was 5");
        }
    }

    @Test
    void restartsKeepTheWorstAndEndWhereOneFools() {
        AttackParameters once = AttackParameters.pgd("pgd-l2", AttackObjective.CROSS_ENTROPY, 0.02, 2, 0.02, true);
        AttackParameters often = AttackParameters.builder()
                .name("pgd-l2")
                .norm(Norm.L2)
                .epsilon(0.02)
                .steps(2)
                .stepSize(0.02)
                .randomStart(true)
                .restarts(5)
                .build();
        AttackParameters oftenAndFar = AttackParameters.builder()
                .name("pgd-l2")
                .norm(Norm.L2)
                .epsilon(3)
                .steps(10)
                .stepSize(1.0)
                .randomStart(true)
                .restarts(5)
                .build();
        try (FrozenNetwork network = frozen(GoldenInputs.weights(FIVE_CLASSES))) {
            LogitLoss loss = new CrossEntropyLoss(labels(network));
            float[][] first = network.logits(perturb(once, network).images());
            Attack.Perturbed found = perturb(often, network);
            float[][] worst = network.logits(found.images());
            assertThat(found.gradientEvaluations()).isEqualTo(10);
            for (int n = 0; n < 4; n++) {
                assertThat(loss.value(worst[n], n)).isGreaterThanOrEqualTo(loss.value(first[n], n));
            }
            assertThat(found.images()).isNotEqualTo(perturb(once, network).images());
            assertThat(perturb(oftenAndFar, network).gradientEvaluations()).isEqualTo(10);
        }
    }

    @ParameterizedTest
    @EnumSource(Norm.class)
    void noiseHasTheLengthOfTheBallsRadiusAndIsAnImagesOwn(Norm norm) {
        float[] grey = new float[200];
        Arrays.fill(grey, 0.5f);
        ImageBatch images = new ImageBatch(2, 1, 10, 10, grey);
        EpsilonBall ball = new EpsilonBall(norm, 0.3);
        try (FrozenNetwork network = LinearNetworks.of(engine, new float[2][100], 0, 0)) {
            ImageBatch found = Attacks.of(AttackParameters.of("random-noise", norm, 0.3, 1))
                    .perturb(network, images, new int[2], List.of(new Seed(1), new Seed(2)))
                    .images();
            double[] perturbation = new double[100];
            for (int n = 0; n < 2; n++) {
                EpsilonBall.difference(perturbation, found.pixels(), grey, n * 100);
                assertThat(ball.length(perturbation)).isCloseTo(0.3, within(1e-6));
            }
            assertThat(found.slice(0, 1)).isNotEqualTo(found.slice(1, 2));
        }
    }

    @Test
    void whatThrowsBeforeAPassEndsTheAttack() {
        AttackParameters parameters = AttackParameters.of("square", Norm.L2, 0.001, 100);
        try (FrozenNetwork network = frozen(GoldenInputs.weights(FIVE_CLASSES))) {
            assertThatThrownBy(() -> Attacks.of(parameters).perturb(network, IMAGES, labels(network), SEEDS, () -> {
                        throw new IllegalStateException("as the test wants it");
                    }))
                    .hasMessage("as the test wants it");
        }
    }

    private static Stream<AttackParameters> everyAttack() {
        return Attacks.names().stream().flatMap(name -> Stream.of(Norm.values())
                .filter(norm -> !name.startsWith("pgd-") || name.endsWith(norm.title()))
                .map(norm -> parameters(name, norm, norm == Norm.L2 ? 0.1 : 0.01, 5)));
    }

    /** Not Square, which keeps or drops a proposal by a comparison: one between equals, otherwise rounded, ends elsewhere. */
    private static Stream<AttackParameters> attacksWithoutRandomSearch() {
        return everyAttack().filter(parameters -> !parameters.name().equals("square"));
    }

    private static Stream<AttackParameters> attacksThatSearch() {
        return Attacks.names().stream()
                .filter(name -> !List.of("fgsm", "random-noise").contains(name))
                .flatMap(name -> Stream.of(Norm.values())
                        .filter(norm -> !name.startsWith("pgd-") || name.endsWith(norm.title()))
                        .map(norm -> parameters(name, norm, norm == Norm.L2 ? 3 : 0.3, 30)));
    }

    private static AttackParameters parameters(String name, Norm norm, double epsilon, int steps) {
        if (name.startsWith("pgd-")) {
            return AttackParameters.pgd(name, AttackObjective.CROSS_ENTROPY, epsilon, steps, epsilon / 3, true);
        }
        boolean single = name.equals("fgsm") || name.equals("random-noise");
        return AttackParameters.of(name, norm, epsilon, single ? 1 : name.equals("square") ? 6 * steps : steps);
    }

    private static Attack.Perturbed perturb(AttackParameters parameters, FrozenNetwork network) {
        return Attacks.of(parameters).perturb(network, IMAGES, labels(network), SEEDS);
    }

    private static float[] oneStep(FrozenNetwork network, ImageBatch image, Norm norm, Integer targetClass) {
        return Attacks.of(AttackParameters.builder()
                        .name("fgsm")
                        .norm(norm)
                        .epsilon(0.1)
                        .steps(1)
                        .targetClass(targetClass)
                        .build())
                .perturb(network, image, new int[] {0}, List.of(new Seed(1)))
                .images()
                .pixels();
    }

    /** What the network takes the images for. */
    private static int[] labels(FrozenNetwork network) {
        return Arrays.stream(network.logits(IMAGES))
                .mapToInt(LogitLoss::predicted)
                .toArray();
    }

    private FrozenNetwork frozen(Weights weights) {
        return new FrozenNetwork(engine, FIVE_CLASSES, weights);
    }

    private static Weights scaled(Weights weights, String name) {
        Tensor old = weights.get(name);
        float[] values = old.data().clone();
        for (int i = 0; i < values.length; i++) {
            values[i] *= 1e4f;
        }
        return with(weights, name, new Tensor(old.shape(), values));
    }

    private static Weights changed(Weights weights, String name, float value) {
        float[] values = weights.get(name).data().clone();
        values[0] = value;
        return with(weights, name, new Tensor(weights.get(name).shape(), values));
    }

    private static Weights with(Weights weights, String name, Tensor tensor) {
        Map<String, Tensor> tensors = new LinkedHashMap<>(weights.tensors());
        tensors.put(name, tensor);
        return new Weights(tensors);
    }
}
