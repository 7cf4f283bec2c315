package org.rtda.contracts;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AttackSettingsTest {

    /** The radii with the root-mean-square strength of L2 1.0 on 3 x 32 x 32. */
    @ParameterizedTest
    @CsvSource({"3, 32, 1.0", "1, 28, 0.505", "1, 64, 1.155", "1, 128, 2.309", "1, 224, 4.041"})
    void theReferenceRadiusKeepsItsStrengthPerPixel(int channels, int side, double epsilon) {
        assertThat(AttackSettings.referenceEpsilon(1.0, "pgd-l2", channels, side, side))
                .isCloseTo(epsilon, within(5e-4));
    }

    @Test
    void theLargestRadiusAlreadyBoundsEachPixelAndIsNotScaled() {
        assertThat(AttackSettings.referenceEpsilon(0.1, "pgd-linf", 1, 224, 224))
                .isEqualTo(0.1);
        assertThat(new AttackSettings("pgd-linf", null, null, null, null)
                        .resolvedFor(1, 28, 28)
                        .epsilon())
                .isEqualTo(8.0 / 255);
    }

    @Test
    void theStepIsTwoAndAHalfRadiiSharedAmongTheSteps() {
        assertThat(new AttackSettings(null, 0.7, 7, null, null).stepSize()).isCloseTo(0.25, within(1e-12));
    }

    @Test
    void withoutARadiusThereIsNoStepYet() {
        assertThat(new AttackSettings(null, null, null, null, null).stepSize()).isNull();
    }
}
