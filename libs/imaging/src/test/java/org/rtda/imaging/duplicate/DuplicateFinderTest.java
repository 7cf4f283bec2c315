package org.rtda.imaging.duplicate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.rtda.imaging.SampledImage;
import org.rtda.imaging.prepare.Fit;
import org.rtda.imaging.prepare.ImagePreparation;

class DuplicateFinderTest {
    private static final int SIDE = 28;

    /** Blobs whose places, sizes and signs come from the seed: pictures that do not look alike. */
    private static byte[] picture(long seed, int side) {
        Random random = new Random(seed);
        double[] values = new double[side * side];
        for (int blob = 0; blob < 12; blob++) {
            double x = random.nextDouble() * side;
            double y = random.nextDouble() * side;
            double radius = (0.08 + 0.2 * random.nextDouble()) * side;
            double height = random.nextGaussian() * 60;
            for (int i = 0; i < values.length; i++) {
                double dx = i % side - x;
                double dy = (double) (i / side) - y;
                values[i] += height * Math.exp(-(dx * dx + dy * dy) / (radius * radius));
            }
        }
        byte[] pixels = new byte[values.length];
        for (int i = 0; i < pixels.length; i++) {
            pixels[i] = (byte) Math.max(0, Math.min(255, Math.round(128 + values[i])));
        }
        return pixels;
    }

    private static DuplicateFinder.Found found(List<byte[]> images) {
        return new DuplicateFinder(SIDE, SIDE, images::get).find(images.size());
    }

    @Test
    void theSamePixelsAreFoundWithTheFirstThatHasThem() {
        byte[] a = picture(1, SIDE);
        byte[] b = picture(2, SIDE);

        assertThat(found(List.of(a, b, a.clone(), a.clone())).duplicates())
                .containsExactly(new Duplicate(2, 0, Duplicate.Kind.EXACT), new Duplicate(3, 0, Duplicate.Kind.EXACT));
    }

    @Test
    void aBrighterCopyAndOneWithALittleNoiseLookTheSame() {
        byte[] original = picture(3, SIDE);
        byte[] brighter = original.clone();
        byte[] noisy = original.clone();
        Random random = new Random(9);
        for (int i = 0; i < original.length; i++) {
            brighter[i] = (byte) Math.min(255, (original[i] & 0xff) + 10);
            noisy[i] = (byte) Math.max(0, Math.min(255, (original[i] & 0xff) + random.nextInt(5) - 2));
        }

        assertThat(found(List.of(picture(4, SIDE), original, brighter, noisy)).duplicates())
                .containsExactly(new Duplicate(2, 1, Duplicate.Kind.NEAR), new Duplicate(3, 1, Duplicate.Kind.NEAR));
    }

    @Test
    void aCopyThatWasMadeSmallerFirstLooksTheSame() {
        int large = 224;
        byte[] pixels = picture(5, large);
        char[] samples = new char[pixels.length];
        for (int i = 0; i < samples.length; i++) {
            samples[i] = (char) (pixels[i] & 0xff);
        }
        byte[] direct = new ImagePreparation(SIDE, 1, Fit.PAD).prepare(new SampledImage(large, large, 1, 8, samples));
        byte[] half = new ImagePreparation(112, 1, Fit.PAD).prepare(new SampledImage(large, large, 1, 8, samples));
        char[] halfSamples = new char[half.length];
        for (int i = 0; i < half.length; i++) {
            halfSamples[i] = (char) (half[i] & 0xff);
        }
        byte[] byWayOfHalf =
                new ImagePreparation(SIDE, 1, Fit.PAD).prepare(new SampledImage(112, 112, 1, 8, halfSamples));

        assertThat(byWayOfHalf).isNotEqualTo(direct);
        assertThat(found(List.of(direct, byWayOfHalf)).duplicates())
                .containsExactly(new Duplicate(1, 0, Duplicate.Kind.NEAR));
    }

    @Test
    void amongTwoThousandDifferentPicturesNoneIsTakenForAnother() {
        List<byte[]> images = new ArrayList<>();
        for (int i = 0; i < 2000; i++) {
            images.add(picture(1000 + i, SIDE));
        }

        assertThat(found(images).duplicates()).isEmpty();
    }

    @Test
    void imagesOfOneLevelAreListedAndAreNoDuplicates() {
        byte[] black = new byte[SIDE * SIDE];
        byte[] white = new byte[SIDE * SIDE];
        java.util.Arrays.fill(white, (byte) 255);

        DuplicateFinder.Found found = found(List.of(black, picture(1, SIDE), white, black.clone()));

        assertThat(found.constant()).containsExactly(0, 2, 3);
        assertThat(found.duplicates()).isEmpty();
    }

    @Test
    void theHashDoesNotSeeBrightnessAndSeesTheMirror() {
        byte[] original = picture(6, SIDE);
        byte[] brighter = new byte[original.length];
        byte[] mirrored = new byte[original.length];
        for (int i = 0; i < original.length; i++) {
            brighter[i] = (byte) ((original[i] & 0xff) / 2 + 60);
            mirrored[i] = original[i / SIDE * SIDE + SIDE - 1 - i % SIDE];
        }
        long hash = PerceptualHash.of(original, SIDE, SIDE);

        assertThat(Long.bitCount(hash ^ PerceptualHash.of(brighter, SIDE, SIDE)))
                .isLessThanOrEqualTo(2);
        assertThat(Long.bitCount(hash ^ PerceptualHash.of(mirrored, SIDE, SIDE)))
                .isGreaterThan(15);
        // the constant term has no bit, and half of the other 63 are above their median
        assertThat(hash & 1).isZero();
        assertThat(Long.bitCount(hash)).isEqualTo(31);
    }

    @Test
    void theCorrelationOfTwoPairsOfValuesIsThatOfTheFormula() {
        // deviations of the first are -1.5, -0.5, 0.5, 1.5, of the second -1, -1, 1, 1: 4 / sqrt(5 * 4)
        assertThat(DuplicateFinder.correlation(new byte[] {1, 2, 3, 4}, new byte[] {5, 5, 7, 7}))
                .isCloseTo(4 / Math.sqrt(20), within(1e-12));
    }
}
