package org.rtda.nn.pytorch.attack;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.commons.rng.UniformRandomProvider;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.rtda.core.ImageBatch;
import org.rtda.core.Seed;
import org.rtda.nn.pytorch.engine.FrozenNetwork;
import org.rtda.nn.pytorch.engine.TorchEngine;

class SquareAttackTest {
    private static final Offset<Double> EXACT = within(1e-12);
    private static final int[] SECOND = {1};

    private final TorchEngine engine = TorchEngine.start("cpu");

    @Test
    void theShareIsHalvedAfterTheQueriesOfThePaper() {
        assertThat(SquareAttack.share(0, 10_000)).isEqualTo(0.8);
        assertThat(SquareAttack.share(10, 10_000)).isEqualTo(0.8);
        assertThat(SquareAttack.share(11, 10_000)).isEqualTo(0.4);
        assertThat(SquareAttack.share(51, 10_000)).isEqualTo(0.2);
        assertThat(SquareAttack.share(8001, 10_000)).isEqualTo(0.8 / 512);
    }

    @Test
    void fewerQueriesHaveTheSameScheduleInLessTime() {
        assertThat(SquareAttack.share(1, 1000)).isEqualTo(0.8);
        assertThat(SquareAttack.share(2, 1000)).isEqualTo(0.4);
        assertThat(SquareAttack.share(801, 1000)).isEqualTo(0.8 / 512);
    }

    @Test
    void aSquareOfThreeHasARowUpAndTwoRowsDown() {
        double[] square = L2Squares.square(3, false);
        // a row of 1/4, 5/4, 1/4 of norm 1, and below it, around the middle of the lower row, 1/4 everywhere and 1 more
        double[] up = {0.25, 1.25, 0.25};
        double upLength = Math.sqrt(2 * 0.0625 + 1.5625);
        double downLength = Math.sqrt(5 * 0.0625 + 1.5625);
        for (int i = 0; i < 3; i++) {
            assertThat(square[i]).isCloseTo(up[i] / upLength / Math.sqrt(2), EXACT);
            assertThat(square[3 + i]).isCloseTo(-0.25 / downLength / Math.sqrt(2), EXACT);
            assertThat(square[6 + i]).isCloseTo(-up[i] / downLength / Math.sqrt(2), EXACT);
        }
    }

    @Test
    void aSquareBesideIsTheOtherOneTurned() {
        double[] above = L2Squares.square(4, false);
        double[] beside = L2Squares.square(4, true);
        for (int i = 0; i < 16; i++) {
            assertThat(beside[i]).isEqualTo(above[i % 4 * 4 + i / 4]);
        }
        assertThat(Arrays.stream(above).map(v -> v * v).sum()).isCloseTo(1, EXACT);
    }

    @ParameterizedTest
    @ValueSource(ints = {4, 12, 28})
    void anL2PerturbationHasTheBallsLengthWhateverIsChanged(int side) {
        EpsilonBall ball = new EpsilonBall(Norm.L2, 0.5);
        L2Squares squares = new L2Squares(ball, 2, side, side);
        UniformRandomProvider generator = new Seed(5).generator();
        double[] perturbation = new double[2 * side * side];
        squares.begin(perturbation, generator);
        assertThat(ball.length(perturbation)).isCloseTo(0.5, EXACT);
        for (double share : new double[] {1, 0.8, 0.1, 0.001}) {
            double[] before = perturbation.clone();
            squares.change(perturbation, share, generator);
            assertThat(ball.length(perturbation)).isCloseTo(0.5, EXACT);
            assertThat(perturbation).isNotEqualTo(before);
        }
    }

    @Test
    void anLinfPerturbationBeginsWithStripesAndChangesInOneSquare() {
        LinfSquares squares = new LinfSquares(0.25, 1, 10, 10);
        UniformRandomProvider generator = new Seed(5).generator();
        double[] perturbation = new double[100];
        squares.begin(perturbation, generator);
        for (int i = 0; i < 100; i++) {
            assertThat(perturbation[i]).isEqualTo(perturbation[i % 10]);
            assertThat(Math.abs(perturbation[i])).isEqualTo(0.25);
        }
        Arrays.fill(perturbation, 0);
        squares.change(perturbation, 0.09, generator);
        assertThat(Arrays.stream(perturbation).filter(v -> v != 0).count()).isEqualTo(9);
        assertThat(Arrays.stream(perturbation).filter(v -> v != 0).distinct().count())
                .isEqualTo(1);
    }

    @Test
    void squaresReachTheLastRowAndColumn() {
        LinfSquares squares = new LinfSquares(0.25, 1, 4, 4);
        UniformRandomProvider generator = new Seed(5).generator();
        double[] perturbation = new double[16];
        for (int i = 0; i < 200; i++) {
            squares.change(perturbation, 1.0 / 16, generator);
        }
        assertThat(perturbation).doesNotContain(0.0);
    }

    @ParameterizedTest
    @EnumSource(Norm.class)
    void anImageThatWasFooledIsAskedAboutNoMore(Norm norm) {
        // the classes differ in the sum of all pixels, and the clean images lie a hair and a mile from the boundary
        float[] sum = new float[64];
        Arrays.fill(sum, 1);
        float[] pixels = new float[128];
        Arrays.fill(pixels, 0, 64, 0.5f);
        Arrays.fill(pixels, 64, 128, 0.9f);
        AtomicInteger passes = new AtomicInteger();
        try (FrozenNetwork network = LinearNetworks.of(engine, new float[][] {new float[64], sum}, 0, -31.999f)) {
            ImageBatch images = new ImageBatch(2, 1, 8, 8, pixels);
            Attack attack = Attacks.of(AttackParameters.of("square", norm, 0.05, 200));
            Attack.Perturbed found = attack.perturb(
                    network, images, new int[] {1, 1}, List.of(new Seed(1), new Seed(2)), passes::incrementAndGet);
            assertThat(passes).hasValue(201);
            assertThat(LogitLoss.predicted(network.logits(found.images())[0])).isZero();
            assertThat(LogitLoss.predicted(network.logits(found.images())[1])).isOne();
            passes.set(0);
            attack.perturb(network, images.slice(0, 1), SECOND, List.of(new Seed(1)), passes::incrementAndGet);
            assertThat(passes.get()).isBetween(2, 60);
            assertThat(found.gradientEvaluations()).isZero();
            assertThat(found.zeroGradients()).isNull();
        }
    }
}
