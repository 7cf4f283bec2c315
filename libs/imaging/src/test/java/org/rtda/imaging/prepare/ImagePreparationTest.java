package org.rtda.imaging.prepare;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.rtda.imaging.SampledImage;

class ImagePreparationTest {

    @Test
    void halvingALineWeighsFourNeighboursByATriangle() {
        Resampling half = new Resampling(8, 0, 8, 4);

        // centre of value 1 is 3; distances of values 1 to 4 are 1.5, 0.5, 0.5, 1.5 of a support of 2: 1/4, 3/4, 3/4,
        // 1/4, of 2
        assertThat(half.first(1)).isEqualTo(1);
        assertThat(half.weights(1)).containsExactly(new double[] {0.125, 0.375, 0.375, 0.125}, within(1e-15));
        // at the edge the weights of what is there, 3/4, 3/4, 1/4, are brought to a sum of 1
        assertThat(half.weights(0)).containsExactly(new double[] {3 / 7.0, 3 / 7.0, 1 / 7.0}, within(1e-15));
    }

    @Test
    void aLineOfTheSameLengthIsLeftAsItIs() {
        Resampling same = new Resampling(5, 0, 5, 5);

        for (int i = 0; i < 5; i++) {
            double[] weights = same.weights(i);
            assertThat(weights[i - same.first(i)]).isEqualTo(1);
            assertThat(Arrays.stream(weights).sum()).isEqualTo(1);
        }
    }

    @Test
    void anImageOfItsSizeKeepsItsPixels() {
        char[] samples = new char[64];
        for (int i = 0; i < 64; i++) {
            samples[i] = (char) (4 * i);
        }
        byte[] prepared = new ImagePreparation(8, 1, Fit.PAD).prepare(new SampledImage(8, 8, 1, 8, samples));

        for (int i = 0; i < 64; i++) {
            assertThat(prepared[i] & 0xff).isEqualTo(4 * i);
        }
    }

    @Test
    void sixteenBitsAreKeptUntilTheLastStep() {
        // both values are above 100.5, so their mean is 101; cut to 8 bits first, as 100, it would be 100
        char[] samples = new char[16 * 16];
        for (int i = 0; i < samples.length; i++) {
            samples[i] = (char) Math.round((i % 2 == 0 ? 100.51 : 100.52) * 65535 / 255);
        }
        byte[] prepared = new ImagePreparation(8, 1, Fit.PAD).prepare(new SampledImage(16, 16, 1, 16, samples));

        assertThat(prepared[27] & 0xff).isEqualTo(101);
    }

    @Test
    void whiteOfEveryDepthIsWhite() {
        for (int bits : new int[] {1, 8, 12, 16}) {
            char[] samples = new char[10 * 20];
            Arrays.fill(samples, (char) ((1 << bits) - 1));

            byte[] prepared = new ImagePreparation(8, 1, Fit.CROP).prepare(new SampledImage(20, 10, 1, bits, samples));

            assertThat(prepared).as(bits + " bits").containsOnly(0xff);
        }
    }

    @Test
    void paddingAddsBlackAndCroppingTakesTheMiddle() {
        // 32 columns x 16 rows, left half black, right half white
        char[] samples = new char[32 * 16];
        for (int i = 0; i < samples.length; i++) {
            samples[i] = (char) (i % 32 < 16 ? 0 : 255);
        }
        SampledImage wide = new SampledImage(32, 16, 1, 8, samples);

        byte[] padded = new ImagePreparation(8, 1, Fit.PAD).prepare(wide);
        byte[] cropped = new ImagePreparation(8, 1, Fit.CROP).prepare(wide);

        // of 8 rows two above and two below are black; the right of the middle is white
        assertThat(padded[7]).isZero();
        assertThat(padded[7 * 8 + 7]).isZero();
        assertThat(padded[4 * 8 + 7] & 0xff).isEqualTo(255);
        assertThat(padded[4 * 8]).isZero();
        // columns 8 to 23 are left, whose border is in the middle
        assertThat(cropped[0]).isZero();
        assertThat(cropped[7] & 0xff).isEqualTo(255);
        assertThat(cropped[63] & 0xff).isEqualTo(255);
    }

    @Test
    void greyOfColourIsItsLuma() {
        char[] samples = new char[8 * 8 * 3];
        for (int i = 0; i < 64; i++) {
            samples[3 * i] = 200;
            samples[3 * i + 1] = 100;
            samples[3 * i + 2] = 50;
        }
        SampledImage colour = new SampledImage(8, 8, 3, 8, samples);

        // 0.299 * 200 + 0.587 * 100 + 0.114 * 50 = 124.2
        assertThat(new ImagePreparation(8, 1, Fit.PAD).prepare(colour)).containsOnly(124);
        byte[] planes = new ImagePreparation(8, 3, Fit.PAD).prepare(colour);
        assertThat(planes[0] & 0xff).isEqualTo(200);
        assertThat(planes[64]).isEqualTo((byte) 100);
        assertThat(planes[191]).isEqualTo((byte) 50);
    }

    @Test
    void aFineGridBecomesGreyAndNoPattern() {
        // one pixel in two is white: without antialiasing the result would be all black or all white
        char[] samples = new char[256 * 256];
        for (int i = 0; i < samples.length; i++) {
            samples[i] = (char) (i % 2 == 0 ? 255 : 0);
        }
        byte[] prepared = new ImagePreparation(28, 1, Fit.PAD).prepare(new SampledImage(256, 256, 1, 8, samples));

        for (byte value : prepared) {
            assertThat(value & 0xff).isBetween(120, 135);
        }
    }

    @Test
    void sidesThatNoServiceTakesAreRefused() {
        assertThatThrownBy(() -> new ImagePreparation(7, 1, Fit.PAD))
                .hasMessage("side must be in [8, 1024] pixels, was 7");
        assertThatThrownBy(() -> new ImagePreparation(28, 2, Fit.PAD))
                .hasMessage("channels must be 1 (grey) or 3 (RGB), was 2");
    }
}
