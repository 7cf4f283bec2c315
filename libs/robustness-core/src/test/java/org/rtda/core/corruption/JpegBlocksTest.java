package org.rtda.core.corruption;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import org.apache.commons.rng.UniformRandomProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.rtda.core.Seed;

class JpegBlocksTest {

    /** Every step of 8 bits with every size that the claim covers, 1.04 million numerators with the division they replace. */
    @Test
    void quantisingByMultiplicationIsTheDivision() {
        for (int step = 1; step <= 255; step++) {
            int reciprocal = JpegBlocks.reciprocal(step);
            for (int size = 0; size / 4 + step < 4096; size++) {
                if (JpegBlocks.level(size, step, reciprocal) != (size + 4 * step) / (8 * step)) {
                    assertThat(JpegBlocks.level(size, step, reciprocal))
                            .as("size %s, step %s", size, step)
                            .isEqualTo((size + 4 * step) / (8 * step));
                }
            }
        }
    }

    /**
     * A flat block has one frequency, 8 (s - 128), here in steps of 16: 127 * 8 = 1016 is 63.5 steps, so 64, which is 256 and cut to
     * 255; 1 * 8 is half a step, so a whole one, which is 2.
     */
    @ParameterizedTest
    @CsvSource({"255, 255", "0, 0", "130, 130", "129, 130", "128, 128", "127, 126", "200, 200", "101, 100"})
    void aFlatBlockWorkedByHand(int sample, int decoded) {
        int[] samples = new int[64];
        Arrays.fill(samples, sample);
        assertThat(new JpegPlane(8, 8, samples).roundTrip(steps(16)).samples()).containsOnly(decoded);
    }

    /** As many bands as are treated together, fewer, and a last group that is not full. */
    @ParameterizedTest
    @CsvSource({"1, 1", "2, 3", "9, 16", "2, 70"})
    void aBlockIsCodedAsIfItWereAlone(int bands, int across) {
        JpegPlane plane = noise(8 * bands, 8 * across);
        JpegPlane decoded = plane.roundTrip(steps(20));
        for (int band = 0; band < bands; band++) {
            for (int block = 0; block < across; block++) {
                JpegPlane alone = new JpegPlane(8, 8, cut(plane, band * 8, block * 8));
                assertThat(cut(decoded, band * 8, block * 8))
                        .as("block %s of band %s", block, band)
                        .isEqualTo(alone.roundTrip(steps(20)).samples());
            }
        }
    }

    /** 3 x 5 samples, the last row and column repeated to 8 x 8 by hand. */
    @Test
    void aPlaneThatFillsNoBlockIsFilledUpWithItsLastRowAndColumn() {
        JpegPlane small = noise(3, 5);
        int[] filled = new int[64];
        for (int i = 0; i < 64; i++) {
            filled[i] = small.samples()[Math.min(i / 8, 2) * 5 + Math.min(i % 8, 4)];
        }
        int[] whole = new JpegPlane(8, 8, filled).roundTrip(steps(20)).samples();
        int[] decoded = small.roundTrip(steps(20)).samples();
        assertThat(decoded).hasSize(15);
        for (int i = 0; i < 15; i++) {
            assertThat(decoded[i]).isEqualTo(whole[i / 5 * 8 + i % 5]);
        }
    }

    private static int[] steps(int step) {
        int[] steps = new int[64];
        for (int i = 0; i < 64; i++) {
            steps[i] = step + i % 8 - i / 8; // no two frequencies may be exchanged unseen
        }
        steps[0] = step;
        return steps;
    }

    private static JpegPlane noise(int height, int width) {
        UniformRandomProvider random = new Seed(1).generator();
        int[] samples = new int[height * width];
        for (int i = 0; i < samples.length; i++) {
            samples[i] = random.nextInt(256);
        }
        return new JpegPlane(height, width, samples);
    }

    private static int[] cut(JpegPlane plane, int top, int left) {
        int[] block = new int[64];
        for (int i = 0; i < 64; i++) {
            block[i] = plane.samples()[(top + i / 8) * plane.width() + left + i % 8];
        }
        return block;
    }
}
