package org.rtda.evaluator.suite;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.rtda.contracts.check.KnownNames;
import org.rtda.contracts.variant.CorruptionKind;
import org.rtda.contracts.variant.CorruptionKind.Category;
import org.rtda.core.ImageBatch;
import org.rtda.core.Seed;
import org.rtda.core.augment.AugMix;
import org.rtda.core.corruption.Corruption;
import org.rtda.core.corruption.Corruptions;

/** The corruptions of the core are what their descriptions say. */
class KnownCorruptionsTest {
    private static final int SIDE = 8;

    @Test
    void everyCorruptionThatARequestMayNameIsThereAndNoOther() {
        assertThat(Corruptions.names()).containsExactlyInAnyOrderElementsOf(KnownNames.CORRUPTIONS);
    }

    @Test
    void everyCorruptionHasTheSeveritiesThatARequestMayName() {
        assertThat(Corruption.SEVERITIES).isEqualTo(CorruptionKind.SEVERITIES);
    }

    @Test
    void whatIsNotHeldOutIsAnOperationOfAugMix() {
        assertThat(CorruptionKind.namesWhere(CorruptionKind::isLikeAugMix))
                .containsExactlyInAnyOrder("brightness-up", "brightness-down", "contrast-up", "contrast-down");
        for (CorruptionKind kind : CorruptionKind.all()) {
            boolean namedAfterOne = AugMix.operations().stream().anyMatch(kind.name()::startsWith);
            assertThat(namedAfterOne).as(kind.name()).isEqualTo(kind.isLikeAugMix());
            if (kind.isLikeAugMix()) {
                assertThat(AugMix.operations()).as(kind.name()).contains(kind.augMixOperation());
            }
        }
        assertThat(CorruptionKind.sharedWithAugMix()).isEqualTo("brightness and contrast");
    }

    /** Noise is drawn; what maps grey levels or stores the image again is not. Of blurs, the motion has a drawn direction. */
    @Test
    void noiseAloneDependsOnTheSeedWhereNothingMoves() {
        for (CorruptionKind kind : CorruptionKind.all()) {
            if (kind.category() != Category.BLUR) {
                assertThat(corrupted(kind, 1)).as(kind.name()).isEqualTo(corrupted(kind, 1));
                assertThat(corrupted(kind, 1).equals(corrupted(kind, 2)))
                        .as(kind.name())
                        .isEqualTo(kind.category() != Category.NOISE);
            }
        }
    }

    /** A ramp of grey levels at the highest severity. */
    private static List<Float> corrupted(CorruptionKind kind, long seed) {
        float[] pixels = new float[SIDE * SIDE];
        for (int i = 0; i < pixels.length; i++) {
            pixels[i] = i / (float) pixels.length;
        }
        ImageBatch image = new ImageBatch(1, 1, SIDE, SIDE, pixels);
        float[] changed = Corruptions.named(kind.name())
                .apply(image, CorruptionKind.SEVERITIES, List.of(new Seed(seed)))
                .pixels();
        List<Float> values = new ArrayList<>();
        for (float value : changed) {
            values.add(value);
        }
        return values;
    }
}
