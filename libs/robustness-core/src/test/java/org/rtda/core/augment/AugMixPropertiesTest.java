package org.rtda.core.augment;

import static org.assertj.core.api.Assertions.assertThat;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import net.jqwik.api.constraints.IntRange;
import org.rtda.core.ByteImage;
import org.rtda.core.Seed;

class AugMixPropertiesTest {

    @Property(tries = 300)
    void aMixStaysInUnitRange(
            @ForAll long seed,
            @ForAll @IntRange(min = 1, max = 16) int width,
            @ForAll @IntRange(min = 0, max = 4) int depth,
            @ForAll @DoubleRange(min = 0.1, max = 10) double severity,
            @ForAll @DoubleRange(min = 0.01, max = 100) double alpha,
            @ForAll @IntRange(min = 1, max = 40) int height,
            @ForAll @IntRange(min = 1, max = 40) int side,
            @ForAll boolean colour,
            @ForAll boolean allOperations) {
        ByteImage image = noise(colour ? 3 : 1, height, side, seed);
        float[] mixed = new AugMix(new AugMixParameters(width, depth, severity, alpha, allOperations))
                .mix(image, new Seed(seed));
        for (float value : mixed) {
            assertThat(value).isBetween(0f, 1f);
        }
    }

    @Property(tries = 300)
    void cropAndFlipOnlyMovesValues(
            @ForAll long seed,
            @ForAll @IntRange(min = 1, max = 40) int height,
            @ForAll @IntRange(min = 1, max = 40) int width,
            @ForAll @IntRange(min = 0, max = 32) int padding,
            @ForAll boolean flip) {
        ByteImage image = noise(1, height, width, seed);
        boolean[] present = new boolean[256];
        for (byte value : image.data()) {
            present[value & 0xff] = true;
        }
        ByteImage moved = CropAndFlip.apply(image, flip, padding, new Seed(seed));
        assertThat(moved.height()).isEqualTo(height);
        assertThat(moved.width()).isEqualTo(width);
        for (byte value : moved.data()) {
            assertThat(present[value & 0xff]).isTrue();
        }
    }

    static ByteImage noise(int channels, int height, int width, long seed) {
        byte[] data = new byte[channels * height * width];
        new Seed(seed).generator().nextBytes(data);
        return new ByteImage(channels, height, width, data);
    }
}
