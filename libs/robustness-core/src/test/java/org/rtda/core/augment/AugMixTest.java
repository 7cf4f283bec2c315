package org.rtda.core.augment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.Map;
import org.apache.commons.rng.UniformRandomProvider;
import org.junit.jupiter.api.Test;
import org.rtda.core.ByteImage;
import org.rtda.core.GoldenFile;
import org.rtda.core.ImageBatch;
import org.rtda.core.Seed;

class AugMixTest {
    private static final AugMixParameters PAPER = new AugMixParameters(3, 0, 3, 1, true);
    private static final Map<String, ByteImage> INPUTS = GoldenFile.read("inputs");
    private static final ByteImage BLOBS = INPUTS.get("blobs");

    @Test
    void theSameSeedGivesTheSameViewAndAnotherIndexAnother() {
        AugMix augMix = new AugMix(PAPER);
        Seed seed = new Seed(7);
        float[] view = augMix.mix(BLOBS, seed.forStep("augmix", 3, 0));
        assertThat(new AugMix(PAPER).mix(BLOBS, seed.forStep("augmix", 3, 0))).containsExactly(view);
        assertThat(augMix.mix(BLOBS, seed.forStep("augmix", 3, 1))).isNotEqualTo(view);
        assertThat(augMix.mix(BLOBS, seed.forStep("augmix", 4, 0))).isNotEqualTo(view);
    }

    @Test
    void anImagesViewDoesNotDependOnItsBatch() {
        AugMix augMix = new AugMix(PAPER);
        ByteImage noise = INPUTS.get("noise");
        ImageBatch batch = augMix.mix(List.of(BLOBS, noise), List.of(new Seed(1), new Seed(2)));
        assertThat(batch.slice(0, 1).pixels()).containsExactly(augMix.mix(BLOBS, new Seed(1)));
        assertThat(batch.slice(1, 2).pixels()).containsExactly(augMix.mix(noise, new Seed(2)));
    }

    @Test
    void theImageItselfIsLeftAlone() {
        byte[] before = BLOBS.data().clone();
        new AugMix(PAPER).mix(BLOBS, new Seed(1));
        assertThat(BLOBS.data()).containsExactly(before);
    }

    /** Of a flat image whose chains only ever move it to black or leave it, the mix lies between black and the image. */
    @Test
    void theMixIsAWeightedMeanOfCleanAndChains() {
        ByteImage flat = INPUTS.get("flat");
        float clean = 77 / 255f;
        AugMix geometric = new AugMix(new AugMixParameters(1, 1, 0.1, 1, false));
        for (int i = 0; i < 200; i++) {
            float[] view = geometric.mix(flat, new Seed(i));
            for (float value : view) {
                // at level 0.1 posterize keeps 4 bits: 77 -> 64, the smallest change; solarize and rotate change
                // nothing
                assertThat(value).isBetween(0f, clean + 1e-6f);
            }
        }
    }

    @Test
    void weightsSumToOneWithEqualMeansAndMIsEvenForAlphaOne() {
        int draws = 20_000;
        double[] sums = new double[3];
        double mSum = 0;
        double mSquares = 0;
        UniformRandomProvider random = new Seed(5).generator();
        for (int i = 0; i < draws; i++) {
            AugMix.Mixture mixture = AugMix.Mixture.draw(random, 3, 1);
            float[] w = mixture.weights();
            assertThat(w[0] + w[1] + w[2]).isCloseTo(1f, within(1e-6f));
            for (int k = 0; k < 3; k++) {
                sums[k] += w[k];
            }
            mSum += mixture.m();
            mSquares += mixture.m() * mixture.m();
        }
        for (double sum : sums) {
            assertThat(sum / draws).isCloseTo(1 / 3.0, within(0.01));
        }
        double mean = mSum / draws;
        assertThat(mean).isCloseTo(0.5, within(0.01));
        assertThat(mSquares / draws - mean * mean).isCloseTo(1 / 12.0, within(0.003)); // Beta(1,1) is uniform
    }

    @Test
    void aLargeAlphaDrawsAllSharesTogether() {
        AugMix.Mixture mixture = AugMix.Mixture.draw(new Seed(1).generator(), 4, 100);
        for (float weight : mixture.weights()) {
            assertThat(weight).isCloseTo(0.25f, within(0.1f));
        }
        assertThat(mixture.m()).isCloseTo(0.5f, within(0.15f));
    }

    @Test
    void parametersOutOfRangeAreNamedWithTheirValue() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new AugMixParameters(3, 0, Double.NaN, 1, true))
                .withMessage("severity must be in [0.1, 10.0], was NaN");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new AugMixParameters(0, 0, 3, 1, true))
                .withMessage("width must be in [1, 16], was 0");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new AugMixParameters(3, -1, 3, 1, true))
                .withMessageContaining("depth");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new AugMixParameters(3, 0, 3, 0, true))
                .withMessageContaining("alpha");
    }

    @Test
    void asManySeedsAsImagesAreWanted() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new AugMix(PAPER).mix(List.of(BLOBS, BLOBS), List.of(new Seed(1))))
                .withMessageContaining("1 seeds and 2 images");
    }
}
