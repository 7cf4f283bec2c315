package org.rtda.contracts.settings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.rtda.contracts.variant.AttackKind;

class AttackSettingsTest {

    /** The radii with the root-mean-square strength of L2 1.0 on 3 x 32 x 32. */
    @ParameterizedTest
    @CsvSource({"3, 32, 1.0", "1, 28, 0.505", "1, 64, 1.155", "1, 128, 2.309", "1, 224, 4.041"})
    void theReferenceRadiusKeepsItsStrengthPerPixel(int channels, int side, double epsilon) {
        assertThat(AttackSettings.referenceEpsilon(1.0, "l2", channels, side, side))
                .isCloseTo(epsilon, within(5e-4));
    }

    @Test
    void theLargestRadiusAlreadyBoundsEachPixelAndIsNotScaled() {
        assertThat(AttackSettings.referenceEpsilon(0.1, "linf", 1, 224, 224)).isEqualTo(0.1);
        assertThat(AttackSettings.builder()
                        .name("pgd-linf")
                        .build()
                        .resolvedFor(1, 28, 28)
                        .epsilon())
                .isEqualTo(8.0 / 255);
    }

    @Test
    void theStepIsTwoAndAHalfRadiiSharedAmongTheSteps() {
        assertThat(AttackSettings.builder().epsilon(0.7).steps(7).build().stepSize())
                .isCloseTo(0.25, within(1e-12));
    }

    @Test
    void withoutARadiusThereIsNoStepYet() {
        assertThat(AttackSettings.DEFAULT.stepSize()).isNull();
    }

    /** sqrt(1 x 28 x 28) = 28 is the distance of a black and a white image; the largest radius is 1000. */
    @Test
    void aBallIsUnboundedWhenItHoldsTheFarthestTwoImages() {
        assertThat(AttackSettings.of("pgd-l2", "l2", 28).isUnbounded(1, 28, 28)).isTrue();
        assertThat(AttackSettings.of("pgd-l2", "l2", 27.9).isUnbounded(1, 28, 28))
                .isFalse();
        assertThat(AttackSettings.of("pgd-l2", "l2", 1000).isUnbounded(3, 2000, 2000))
                .isTrue();
        assertThat(AttackSettings.of("pgd-linf", "linf", 1).isUnbounded(1, 28, 28))
                .isTrue();
        assertThat(AttackSettings.of("pgd-linf", "linf", 0.99).isUnbounded(1, 28, 28))
                .isFalse();
    }

    @Test
    void theNormOfATrainingAttackIsTheOneThatItIsNamedAfter() {
        assertThat(AttackKind.trainingNorm("pgd-linf")).isEqualTo("linf");
        assertThat(AttackKind.trainingNorm("pgd-l2")).isEqualTo("l2");
        assertThat(AttackKind.trainingNorm("")).isEqualTo("l2");
        assertThat(AttackKind.pgdIn("linf").name()).isEqualTo("pgd-linf");
    }

    @ParameterizedTest
    @CsvSource({
        "pgd-l2,7,l2",
        "pgd-linf,7,linf",
        "fgsm,1,l2",
        "apgd-ce,100,l2",
        "fab,100,l2",
        "square,1000,l2",
        "random-noise,1,l2"
    })
    void stepsAndNormComeFromTheName(String name, int steps, String norm) {
        AttackSettings settings =
                AttackSettings.builder().name(name).epsilon(0.5).build();

        assertThat(settings.steps()).isEqualTo(steps);
        assertThat(settings.norm()).isEqualTo(norm);
        assertThat(settings.restarts()).isEqualTo(1);
    }

    @Test
    void whatAnAttackDoesNotHaveIsRefused() {
        assertThatThrownBy(() -> AttackSettings.builder()
                        .name("apgd-ce")
                        .epsilon(0.5)
                        .stepSize(0.1)
                        .build())
                .hasMessage("attack.stepSize must be absent for the attack apgd-ce, was 0.1");
        assertThatThrownBy(() -> AttackSettings.builder()
                        .name("square")
                        .epsilon(0.5)
                        .randomStart(false)
                        .build())
                .hasMessage("attack.randomStart must be absent for the attack square, was false");
        assertThatThrownBy(() -> AttackSettings.builder()
                        .name("pgd-l2")
                        .epsilon(0.5)
                        .norm("linf")
                        .build())
                .hasMessage("attack.norm must be one of [l2], was linf");
        assertThatThrownBy(() -> AttackSettings.builder()
                        .name("fgsm")
                        .epsilon(0.5)
                        .steps(2)
                        .build())
                .hasMessage("attack.steps (of fgsm) must be in [1, 1], was 2");
        assertThatThrownBy(() -> AttackSettings.builder()
                        .name("fab")
                        .epsilon(0.5)
                        .restarts(0)
                        .build())
                .hasMessage("attack.restarts must be in [1, 100], was 0");
    }

    @Test
    void restartsNeedMoreThanOnePlaceToBeginAt() {
        assertThatThrownBy(() -> AttackSettings.builder()
                        .name("pgd-linf")
                        .epsilon(0.03)
                        .randomStart(false)
                        .restarts(2)
                        .build())
                .hasMessage(
                        "attack.restarts must be 1 with attack.randomStart false, since every restart would begin at the"
                                + " same place, was 2");
        assertThatThrownBy(() -> AttackSettings.builder()
                        .name("random-noise")
                        .epsilon(0.5)
                        .restarts(3)
                        .build())
                .hasMessage(
                        "attack.restarts must be 1 for the attack random-noise, which begins at one place only, was 3");
        assertThat(AttackSettings.builder()
                        .name("pgd-linf")
                        .epsilon(0.03)
                        .randomStart(false)
                        .restarts(1)
                        .build()
                        .restarts())
                .isEqualTo(1);
        assertThat(AttackSettings.builder()
                        .name("square")
                        .epsilon(0.5)
                        .restarts(2)
                        .build()
                        .restarts())
                .isEqualTo(2);
    }

    @Test
    void attacksAreAlikeInTheSameBallWhateverTheirEffort() {
        AttackSettings trained = AttackSettings.of("pgd-l2", "l2", 0.5);
        assertThat(trained.toBuilder().steps(20).build().isLike(trained)).isTrue();
        // 0.5 and 0.50024 are both written 0.5, at most 0.00025 apart
        assertThat(AttackSettings.of("pgd-l2", "l2", 0.50024).isLike(trained)).isTrue();
        assertThat(AttackSettings.of("pgd-l2", "l2", 0.50026).isLike(trained)).isFalse();
        assertThat(AttackSettings.of("pgd-linf", "linf", 0.5).isLike(trained)).isFalse();
        assertThat(AttackSettings.of("apgd-ce", "l2", 0.5).isLike(trained)).isFalse();
        // one name, two norms
        assertThat(AttackSettings.of("apgd-ce", "l2", 0.5).isLike(AttackSettings.of("apgd-ce", "linf", 0.5)))
                .isFalse();
        assertThat(trained.isLike(AttackSettings.DEFAULT)).isFalse();
    }
}
