package org.rtda.evaluator.attack;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.rtda.contracts.settings.AttackSettings;
import org.rtda.core.ImageBatch;
import org.rtda.evaluator.context.ConditionFailedException;

class PerturbationCheckTest {
    private static final AttackSettings L2 =
            AttackSettings.builder().name("pgd-l2").epsilon(0.5).steps(10).build();
    private static final AttackSettings LINF =
            AttackSettings.builder().name("pgd-linf").epsilon(0.125).steps(10).build();

    private static ImageBatch images(float... pixels) {
        return new ImageBatch(pixels.length / 2, 1, 1, 2, pixels);
    }

    private static ImageBatch accept(AttackSettings attack, ImageBatch clean, ImageBatch adversarial) {
        return PerturbationCheck.accept("batch 0", attack, clean, adversarial);
    }

    @Test
    void aPerturbationOnTheL2SphereIsAccepted() {
        // (0.3, 0.4): length 0.5
        ImageBatch adversarial = images(0.5f, 0.5f, 0.8f, 0.1f);

        assertThat(accept(L2, images(0.5f, 0.5f, 0.5f, 0.5f), adversarial)).isEqualTo(adversarial);
    }

    @Test
    void oneImageOutsideTheL2BallIsRefusedThoughEachPixelIsNear() {
        // (0.4, 0.4): length 0.566
        assertThatThrownBy(() -> accept(L2, images(0.5f, 0.5f, 0.5f, 0.5f), images(0.5f, 0.5f, 0.9f, 0.9f)))
                .isInstanceOf(ConditionFailedException.class)
                .hasMessageContaining("L2 norm 0.56")
                .hasMessageContaining("epsilon 0.5")
                .hasMessageContaining("image 1");
    }

    @Test
    void inLinfOnlyTheLargestPixelCounts() {
        ImageBatch clean = images(0.5f, 0.5f);

        assertThat(accept(LINF, clean, images(0.625f, 0.375f))).isEqualTo(images(0.625f, 0.375f));
        assertThatThrownBy(() -> accept(LINF, clean, images(0.5f, 0.75f)))
                .hasMessageContaining("Linf norm 0.25")
                .hasMessageContaining("epsilon 0.125");
    }

    @Test
    void theNormIsTheOneThatTheAttackIsGiven() {
        // 0.125 in each of two pixels: Linf 0.125, L2 0.177
        ImageBatch moved = images(0.625f, 0.375f);

        assertThat(accept(AttackSettings.of("square", "linf", 0.125), images(0.5f, 0.5f), moved))
                .isEqualTo(moved);
        assertThatThrownBy(() -> accept(AttackSettings.of("square", "l2", 0.125), images(0.5f, 0.5f), moved))
                .hasMessageContaining("L2 norm 0.176");
    }

    @Test
    void theToleranceIsOneHundredThousandthOfEpsilon() {
        ImageBatch clean = images(0f, 0.5f);

        assertThat(accept(LINF, clean, images((float) (0.125 * (1 + 0.9e-5)), 0.5f)))
                .isNotNull();
        assertThatThrownBy(() -> accept(LINF, clean, images((float) (0.125 * (1 + 1.1e-5)), 0.5f)))
                .isInstanceOf(ConditionFailedException.class);
    }

    @Test
    void pixelsOutsideTheRangeAreRefusedAndRoundingIsCutOff() {
        ImageBatch clean = images(1f, 0f);

        assertThat(accept(L2, clean, images(1 + 5e-7f, -3e-8f))).isEqualTo(images(1f, 0f));
        assertThatThrownBy(() -> accept(L2, clean, images(1.00001f, 0f))).hasMessageContaining("outside [0,1]");
        assertThatThrownBy(() -> accept(L2, clean, images(1f, -0.00001f))).hasMessageContaining("outside [0,1]");
    }

    @Test
    void notANumberIsRefused() {
        assertThatThrownBy(() -> accept(L2, images(1f, 0f), images(1f, Float.NaN)))
                .hasMessageContaining("NaN");
    }

    @Test
    void anotherShapeIsRefused() {
        assertThatThrownBy(() -> accept(L2, images(1f, 0f), images(1f, 0f, 1f, 0f)))
                .hasMessageContaining("[2, 1, 1, 2]")
                .hasMessageContaining("wanted [1, 1, 1, 2]");
    }
}
