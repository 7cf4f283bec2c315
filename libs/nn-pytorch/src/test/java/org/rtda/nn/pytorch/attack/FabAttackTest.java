package org.rtda.nn.pytorch.attack;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.rtda.core.ImageBatch;
import org.rtda.core.Seed;
import org.rtda.nn.pytorch.engine.FrozenNetwork;
import org.rtda.nn.pytorch.engine.TorchEngine;

class FabAttackTest {
    private static final ImageBatch GREY = new ImageBatch(1, 1, 2, 2, new float[] {0.5f, 0.5f, 0.5f, 0.5f});
    private static final int[] SECOND = {1};

    private final TorchEngine engine = TorchEngine.start("cpu");

    // z_1 - z_0 = x . (1, 2, 2, 4) - 4 = 0.5 at the grey image: 0.5 / 5 away in L2, 0.5 / 9 in Linf
    @ParameterizedTest
    @CsvSource({"fab, L2, 0.1", "fab, LINF, 0.0555555556", "fab-targeted, L2, 0.1", "fab-targeted, LINF, 0.0555555556"})
    void onALinearNetworkItFindsTheBoundaryWhereItIs(String name, Norm norm, double distance) {
        try (FrozenNetwork network = LinearNetworks.of(engine, new float[][] {{0, 0, 0, 0}, {1, 2, 2, 4}}, 0, -4)) {
            ImageBatch beyond = perturb(name, norm, distance * 1.001, 100, network);
            assertThat(LogitLoss.predicted(network.logits(beyond)[0])).isZero();
            assertThat(perturb(name, norm, distance * 0.999, 100, network)).isEqualTo(GREY);
        }
    }

    @Test
    void ofSeveralBoundariesTheNearestCounts() {
        // class 0 is 0.5 / 1 away, class 2 only 0.5 / 4
        float[][] weights = {{-1, 0, 0, 0}, {0, 0, 0, 0}, {0, 0, 4, 0}};
        try (FrozenNetwork network = LinearNetworks.of(engine, weights, 0, 0, -2.5f)) {
            ImageBatch found = perturb("fab", Norm.L2, 0.13, 20, network);
            assertThat(LogitLoss.predicted(network.logits(found)[0])).isEqualTo(2);
        }
    }

    @Test
    void aSearchEndsWithTheFirstImageInTheBall() {
        try (FrozenNetwork network = LinearNetworks.of(engine, new float[][] {{0, 0, 0, 0}, {1, 2, 2, 4}}, 0, -4)) {
            Attack.Perturbed found = Attacks.of(AttackParameters.of("fab", Norm.L2, 0.2, 100))
                    .perturb(network, GREY, SECOND, List.of(new Seed(1)));
            assertThat(found.gradientEvaluations()).isEqualTo(1);
            // one step of 1.05 times the distance
            assertThat(found.images().pixels()[3]).isCloseTo(0.5f - 1.05f * 0.1f * 0.8f, within(1e-5f));
        }
    }

    @Test
    void furtherStartsAreElsewhere() {
        try (FrozenNetwork network = LinearNetworks.of(engine, new float[][] {{0, 0, 0, 0}, {1, 2, 2, 4}}, 0, -4)) {
            AttackParameters twice = AttackParameters.builder()
                    .name("fab")
                    .norm(Norm.L2)
                    .epsilon(0.05)
                    .steps(5)
                    .restarts(2)
                    .build();
            Attack.Perturbed found = Attacks.of(twice).perturb(network, GREY, SECOND, List.of(new Seed(1)));
            assertThat(found.images()).isEqualTo(GREY);
            assertThat(found.gradientEvaluations()).isEqualTo(10);
        }
    }

    private static ImageBatch perturb(String name, Norm norm, double epsilon, int steps, FrozenNetwork network) {
        return Attacks.of(AttackParameters.of(name, norm, epsilon, steps))
                .perturb(network, GREY, SECOND, List.of(new Seed(1)))
                .images();
    }
}
