package org.rtda.contracts.settings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

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
        assertThat(AttackSettings.pgd("pgd-linf", null, null, null, null)
                        .resolvedFor(1, 28, 28)
                        .epsilon())
                .isEqualTo(8.0 / 255);
    }

    @Test
    void theStepIsTwoAndAHalfRadiiSharedAmongTheSteps() {
        assertThat(AttackSettings.pgd(null, 0.7, 7, null, null).stepSize()).isCloseTo(0.25, within(1e-12));
    }

    @Test
    void withoutARadiusThereIsNoStepYet() {
        assertThat(AttackSettings.pgd(null, null, null, null, null).stepSize()).isNull();
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
        AttackSettings settings = new AttackSettings(name, 0.5, null, null, null, null, null);

        assertThat(settings.steps()).isEqualTo(steps);
        assertThat(settings.norm()).isEqualTo(norm);
        assertThat(settings.restarts()).isEqualTo(1);
    }

    @Test
    void whatAnAttackDoesNotHaveIsRefused() {
        assertThatThrownBy(() -> new AttackSettings("apgd-ce", 0.5, null, 0.1, null, null, null))
                .hasMessage("attack.stepSize must be absent for the attack apgd-ce, was 0.1");
        assertThatThrownBy(() -> new AttackSettings("square", 0.5, null, null, false, null, null))
                .hasMessage("attack.randomStart must be absent for the attack square, was false");
        assertThatThrownBy(() -> new AttackSettings("pgd-l2", 0.5, null, null, null, "linf", null))
                .hasMessage("attack.norm must be one of [l2], was linf");
        assertThatThrownBy(() -> new AttackSettings("fgsm", 0.5, 2, null, null, null, null))
                .hasMessage("attack.steps (of fgsm) must be in [1, 1], was 2");
        assertThatThrownBy(() -> new AttackSettings("fab", 0.5, null, null, null, null, 0))
                .hasMessage("attack.restarts must be in [1, 100], was 0");
    }

    @Test
    void restartsNeedMoreThanOnePlaceToBeginAt() {
        assertThatThrownBy(() -> new AttackSettings("pgd-linf", 0.03, null, null, false, null, 2))
                .hasMessage(
                        "attack.restarts must be 1 with attack.randomStart false, since every restart would begin at the"
                                + " same place, was 2");
        assertThatThrownBy(() -> new AttackSettings("random-noise", 0.5, null, null, null, null, 3))
                .hasMessage(
                        "attack.restarts must be 1 for the attack random-noise, which begins at one place only, was 3");
        assertThat(new AttackSettings("pgd-linf", 0.03, null, null, false, null, 1).restarts())
                .isEqualTo(1);
        assertThat(new AttackSettings("square", 0.5, null, null, null, null, 2).restarts())
                .isEqualTo(2);
    }
}
