package org.rtda.nn.pytorch.attack;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class AttackParametersTest {
    private static final AttackObjective CROSS_ENTROPY = AttackObjective.CROSS_ENTROPY;

    @Test
    void anUnknownNameListsTheKnownOnes() {
        assertThatThrownBy(() -> AttackParameters.of("pgd", Norm.L2, 1, 1))
                .hasMessage("attack must be one of " + Attacks.names() + ", was pgd");
        assertThatThrownBy(() -> AttackObjective.named("hinge"))
                .hasMessage("objective must be one of [cross-entropy, kl-divergence], was hinge");
        assertThatThrownBy(() -> Norm.named("l1")).hasMessage("norm must be one of [l2, linf], was l1");
        assertThat(Norm.named("linf")).isEqualTo(Norm.LINF);
    }

    @Test
    void theNormIsTheOneThatPgdIsNamedAfter() {
        assertThatThrownBy(() -> AttackParameters.builder()
                        .name("pgd-l2")
                        .norm(Norm.LINF)
                        .epsilon(1)
                        .steps(1)
                        .stepSize(1.0)
                        .randomStart(true)
                        .build())
                .hasMessage("norm of the attack pgd-l2 must be l2, was linf");
        assertThatThrownBy(() -> AttackParameters.of("fab", null, 1, 1))
                .hasMessage("norm of the attack fab must be one of [l2, linf], was null");
    }

    @Test
    void numbersOutOfRangeAreRefusedWithTheirValue() {
        assertThatThrownBy(() -> AttackParameters.of("fab", Norm.L2, Double.NaN, 1))
                .hasMessage("epsilon must be in [0, 1000], was NaN");
        assertThatThrownBy(() -> AttackParameters.pgd("pgd-l2", CROSS_ENTROPY, 1, 0, 1, true))
                .hasMessage("steps must be at least 1, was 0");
        assertThatThrownBy(() -> AttackParameters.pgd("pgd-l2", CROSS_ENTROPY, 1, 1, -1, true))
                .hasMessage("stepSize must be in [0, 1000], was -1.0");
        assertThatThrownBy(() -> AttackParameters.of("fgsm", Norm.L2, 1, 2))
                .hasMessage("steps of the attack fgsm must be 1, was 2");
    }

    @Test
    void onlyPgdHasAStepSizeAndAChoiceOfStart() {
        assertThatThrownBy(() -> AttackParameters.builder()
                        .name("pgd-l2")
                        .norm(Norm.L2)
                        .epsilon(1)
                        .steps(1)
                        .randomStart(true)
                        .build())
                .hasMessage("stepSize must be given for the attack pgd-l2, was null");
        assertThatThrownBy(() -> AttackParameters.builder()
                        .name("fab")
                        .norm(Norm.L2)
                        .epsilon(1)
                        .steps(1)
                        .stepSize(0.5)
                        .build())
                .hasMessage("stepSize and randomStart must be absent for the attack fab, were 0.5 and null");
    }

    @Test
    void restartsNeedSeveralPlacesToBeginAt() {
        assertThatThrownBy(() -> AttackParameters.builder()
                        .name("fgsm")
                        .norm(Norm.L2)
                        .epsilon(1)
                        .steps(1)
                        .restarts(2)
                        .build())
                .hasMessage("restarts must be 1 for fgsm, which begins at one place only, was 2");
        assertThatThrownBy(() -> AttackParameters.builder()
                        .name("pgd-l2")
                        .norm(Norm.L2)
                        .epsilon(1)
                        .steps(1)
                        .stepSize(1.0)
                        .randomStart(false)
                        .restarts(2)
                        .build())
                .hasMessage("restarts must be 1 for pgd-l2 without randomStart, which begins at one place only, was 2");
        assertThatThrownBy(() -> AttackParameters.builder()
                        .name("square")
                        .norm(Norm.L2)
                        .epsilon(1)
                        .steps(1)
                        .restarts(0)
                        .build())
                .hasMessage("restarts must be at least 1, was 0");
    }

    @Test
    void theDivergenceIsForPgdFromARandomPlace() {
        AttackObjective divergence = AttackObjective.KL_DIVERGENCE;
        assertThatThrownBy(() -> AttackParameters.pgd("pgd-l2", divergence, 1, 1, 1, false))
                .hasMessageContaining("randomStart must be true with the objective kl-divergence");
        assertThatThrownBy(() -> AttackParameters.builder()
                        .name("apgd-ce")
                        .norm(Norm.L2)
                        .epsilon(1)
                        .steps(1)
                        .objective(divergence)
                        .build())
                .hasMessage("objective of the attack apgd-ce must be cross-entropy, was kl-divergence: use pgd-l2 or"
                        + " pgd-linf with it");
    }

    @Test
    void aTargetClassIsForAttacksOnTheCrossEntropy() {
        assertThatThrownBy(() -> AttackParameters.builder()
                        .name("fab")
                        .norm(Norm.L2)
                        .epsilon(1)
                        .steps(1)
                        .targetClass(0)
                        .build())
                .hasMessage("targetClass must be absent for the attack fab, was 0: use one of [pgd-l2, pgd-linf, fgsm,"
                        + " apgd-ce]");
        assertThatThrownBy(() -> AttackParameters.builder()
                        .name("apgd-ce")
                        .norm(Norm.L2)
                        .epsilon(1)
                        .steps(1)
                        .targetClass(-1)
                        .build())
                .hasMessage("targetClass must be at least 0, was -1");
    }
}
