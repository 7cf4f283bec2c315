package org.rtda.nn.pytorch.attack;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.rtda.core.ImageBatch;
import org.rtda.core.Seed;
import org.rtda.nn.pytorch.engine.FrozenNetwork;
import org.rtda.nn.pytorch.engine.TorchEngine;

class ApgdTest {
    private final TorchEngine engine = TorchEngine.start("cpu");

    @Test
    void aHundredStepsAreCheckedWhereThePaperSays() {
        assertThat(new ApgdCheckpoints(100).steps()).containsExactly(22, 41, 57, 70, 80, 87, 93, 99);
    }

    @Test
    void fewStepsAreCheckedAfterEach() {
        assertThat(new ApgdCheckpoints(1).steps()).containsExactly(1);
        assertThat(new ApgdCheckpoints(10).steps()).containsExactly(2, 3, 4, 5, 6, 7, 8, 9, 10);
    }

    @Test
    void aCheckpointLooksAtTheStepsSinceTheOneBefore() {
        ApgdCheckpoints checkpoints = new ApgdCheckpoints(100);
        assertThat(checkpoints.stepsBefore(22)).isEqualTo(22);
        assertThat(checkpoints.stepsBefore(41)).isEqualTo(19);
        assertThat(checkpoints.isAfter(40)).isFalse();
    }

    @Test
    void stepsAfterTheFirstCarryAQuarterOfTheLastOne() {
        float[] pixels = {0.5f};
        ApgdImage image = search();
        arrive(image, pixels, 0, 1);
        assertThat(pixels[0]).isCloseTo(0.6f, within(1e-7f));
        // two epsilon down from 0.1 is -0.1: 0.1 + 0.75 * (-0.2) + 0.25 * 0.1 = -0.025
        arrive(image, pixels, 1, -1);
        assertThat(pixels[0]).isCloseTo(0.475f, within(1e-7f));
    }

    @Test
    void aStepThatRaisesTooSeldomIsHalvedAndGoesOnFromTheBestPlace() {
        float[] pixels = {0.5f};
        ApgdImage image = search();
        arrive(image, pixels, 0, 1);
        arrive(image, pixels, 5, -1);
        image.arrived(pixels, 4, new float[] {1}, 0);
        image.check(2, pixels);
        assertThat(image.stepSize()).isEqualTo(0.1);
        assertThat(pixels[0]).isCloseTo(0.6f, within(1e-7f));
    }

    @Test
    void aStepThatRisesOftenEnoughIsKept() {
        float[] pixels = {0.5f};
        ApgdImage image = search();
        arrive(image, pixels, 0, 1);
        for (int step = 1; step <= 4; step++) {
            arrive(image, pixels, step, 1);
        }
        image.check(4, pixels);
        assertThat(image.stepSize()).isEqualTo(0.2);
    }

    @Test
    void aStepThatWasKeptAndFoundNothingBetterIsHalved() {
        float[] pixels = {0.5f};
        ApgdImage image = search();
        arrive(image, pixels, 10, 1);
        for (int step = 11; step <= 14; step++) {
            arrive(image, pixels, step, 1);
        }
        image.check(4, pixels);
        // four rises again, from far below, that stay below what is known
        for (double loss : new double[] {1, 2, 3, 4, 5}) {
            arrive(image, pixels, loss, 1);
        }
        image.check(5, pixels);
        assertThat(image.stepSize()).isEqualTo(0.1);
    }

    @Test
    void anImageThatIsWrongAlreadyStaysAsItIsAndCostsNothing() {
        try (FrozenNetwork network = LinearNetworks.of(engine, new float[][] {{0, 0, 0, 0}, {1, 1, 1, 1}}, 0, -1)) {
            ImageBatch images = new ImageBatch(1, 1, 2, 2, new float[] {0.5f, 0.5f, 0.5f, 0.5f});
            Attack.Perturbed found = Attacks.of(AttackParameters.of("apgd-ce", Norm.L2, 0.3, 10))
                    .perturb(network, images, new int[] {0}, List.of(new Seed(1)));
            assertThat(found.images()).isEqualTo(images);
            assertThat(found.gradientEvaluations()).isZero();
        }
    }

    @Test
    void pixelsThatRoundingLeftOutsideTheRangeComeOutWithin() {
        try (FrozenNetwork network = LinearNetworks.of(engine, new float[][] {{0, 0, 0, 0}, {1, 1, 1, 1}}, 0, -1)) {
            ImageBatch images = new ImageBatch(1, 1, 2, 2, new float[] {-3e-8f, 1.000001f, 0.5f, 0.5f});
            ImageBatch found = Attacks.of(AttackParameters.of("apgd-ce", Norm.L2, 0.3, 10))
                    .perturb(network, images, new int[] {0}, List.of(new Seed(1)))
                    .images();
            assertThat(found.pixels()).containsExactly(0, 1, 0.5f, 0.5f);
            assertThat(images.pixels()[0]).isEqualTo(-3e-8f);
        }
    }

    @Test
    void onALinearNetworkItEndsWhereTheBoundaryIsFarthestBehind() {
        try (FrozenNetwork network = LinearNetworks.of(engine, new float[][] {{0, 0, 0, 0}, {1, 1, 1, 1}}, 0, -1)) {
            ImageBatch images = new ImageBatch(1, 1, 2, 2, new float[] {0.5f, 0.5f, 0.5f, 0.5f});
            Attack.Perturbed found = Attacks.of(AttackParameters.of("apgd-margin", Norm.L2, 0.2, 20))
                    .perturb(network, images, new int[] {1}, List.of(new Seed(1)));
            for (float pixel : found.images().pixels()) {
                assertThat(pixel).isCloseTo(0.4f, within(1e-3f));
            }
            assertThat(found.gradientEvaluations()).isEqualTo(20);
        }
    }

    @Test
    void ratiosOfLogitsAreRefusedForTooFewClasses() {
        try (FrozenNetwork two = LinearNetworks.of(engine, new float[2][4], 0, 0);
                FrozenNetwork three = LinearNetworks.of(engine, new float[3][4], 0, 0, 0)) {
            assertThatThrownBy(() -> perturb("apgd-dlr", two))
                    .hasMessage("attack apgd-dlr needs a network of at least 3 classes, this one has 2: use apgd-ce and"
                            + " apgd-margin; the attack set aa-binary has them");
            assertThatThrownBy(() -> perturb("apgd-targeted-dlr", three))
                    .hasMessage("attack apgd-targeted-dlr needs a network of at least 4 classes, this one has 3: use"
                            + " apgd-dlr");
        }
    }

    private static void perturb(String name, FrozenNetwork network) {
        Attacks.of(AttackParameters.of(name, Norm.L2, 0.3, 10))
                .perturb(network, new ImageBatch(1, 1, 2, 2, new float[4]), new int[] {0}, List.of(new Seed(1)));
    }

    private static ApgdImage search() {
        return new ApgdImage(new EpsilonBall(Norm.LINF, 0.1), new float[] {0.5f}, 0, 1);
    }

    private static void arrive(ApgdImage image, float[] pixels, double loss, float gradient) {
        image.arrived(pixels, loss, new float[] {gradient}, 0);
        image.move(pixels, new double[1], new double[1]);
    }
}
