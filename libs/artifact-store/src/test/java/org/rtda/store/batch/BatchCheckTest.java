package org.rtda.store.batch;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.rtda.contracts.Payload;
import org.rtda.contracts.settings.AttackSettings;
import org.rtda.core.ImageBatch;

class BatchCheckTest {
    private static final ImageBatch GREY = images(0.5f, 0.5f, 0.5f, 0.5f);

    /** Images of two pixels. */
    private static ImageBatch images(float... pixels) {
        return new ImageBatch(pixels.length / 2, 1, 1, 2, pixels);
    }

    private static AttackSettings linf(double epsilon) {
        return AttackSettings.builder()
                .name("pgd-linf")
                .epsilon(epsilon)
                .steps(10)
                .build();
    }

    private static String flaw(AttackSettings attack, ImageBatch adversarial) {
        return BatchCheck.perturbation(attack, GREY, adversarial)
                .map(BatchFlaw::sentence)
                .orElse("none");
    }

    @Test
    void theShapeOfABatchIsComparedBeforeAnyOfItIsRead() {
        Payload batch = new Payload(GREY.shape(), "a sum that nobody looks at", new byte[16], null);

        assertThat(BatchCheck.shape(batch, new long[] {2, 1, 1, 2})).isEmpty();
        assertThat(BatchCheck.shape(batch, new long[] {1, 1, 2, 2}))
                .contains(new BatchFlaw.Shape("[2, 1, 1, 2]", "[1, 1, 2, 2]"));
    }

    @Test
    void aFlawNamesTheImageThatHasIt() {
        assertThat(flaw(linf(0.125), images(0.625f, 0.375f, 0.5f, 0.5f))).isEqualTo("none");
        assertThat(flaw(linf(0.125), images(0.5f, 0.5f, 0.5f, 0.75f)))
                .isEqualTo("a perturbation of Linf norm 0.25, more than epsilon 0.125, in image 1");
        // (0.375, 0.5) has length 0.625
        AttackSettings l2 = AttackSettings.of("square", "l2", 0.5);
        assertThat(flaw(l2, images(0.5f, 0.5f, 0.875f, 0f)))
                .isEqualTo("a perturbation of L2 norm 0.625, more than epsilon 0.5, in image 1");
        assertThat(flaw(linf(1), images(0.5f, 0.5f, 0.5f, 1.5f))).isEqualTo("the pixel 1.5, outside [0,1], in image 1");
        assertThat(flaw(linf(1), images(Float.NaN, 0.5f, 0.5f, 0.5f)))
                .isEqualTo("the pixel NaN, outside [0,1], in image 0");
        assertThat(flaw(linf(1), images(0.5f, 0.5f))).isEqualTo("images of shape [1, 1, 1, 2], wanted [2, 1, 1, 2]");
    }

    /** In a warm-up of the radius the first ones are smaller than what a pixel is rounded by. */
    @Test
    void aTinyRadiusMayBeExceededByTheRoundingOfAPixelAndByNoMore() {
        float next = 0.5f + 0x1p-24f;

        assertThat(next).isGreaterThan(0.5f);
        assertThat(flaw(linf(1e-9), images(next, 0.5f, 0.5f, 0.5f))).isEqualTo("none");
        assertThat(flaw(linf(1e-9), images(0.5f + 0x1p-23f, 0.5f, 0.5f, 0.5f))).contains("more than epsilon 1.0E-9");
        assertThat(flaw(linf(1e-9), GREY)).isEqualTo("none");
    }

    @Test
    void aPixelThatRoundingBroughtOutOfTheRangeIsNoFlaw() {
        assertThat(BatchCheck.range(images(1 + 5e-7f, -5e-7f))).isEmpty();
        assertThat(BatchCheck.range(images(0f, 1f, 1f, -2e-6f))).contains(new BatchFlaw.OutsideRange(-2e-6f, 1));
    }
}
