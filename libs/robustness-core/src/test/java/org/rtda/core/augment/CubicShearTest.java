package org.rtda.core.augment;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.rtda.core.ByteImage;

class CubicShearTest {
    private static final byte[] RAMP = {0, 40, 80, 120, (byte) 160};

    /** Rows come from places 2 * 0.5 = 1 and 2 * 1.5 = 3 pixels to the right; what lies outside is 0. */
    @Test
    void byWholePixelsValuesOnlyMove() {
        ByteImage image = new ByteImage(1, 2, 4, new byte[] {1, 2, 3, 4, 5, 6, 7, 8});
        assertThat(CubicShear.ofRows(MappedImage.of(image), 2).values()).containsExactly(2, 3, 4, 0, 8, 0, 0, 0);
        assertThat(CubicShear.ofRows(MappedImage.of(image), -2).values()).containsExactly(0, 1, 2, 3, 0, 0, 0, 5);
    }

    /** The same image and numbers with rows and columns exchanged. */
    @Test
    void columnsMoveAsRowsDo() {
        ByteImage image = new ByteImage(1, 4, 2, new byte[] {1, 5, 2, 6, 3, 7, 4, 8});
        assertThat(CubicShear.ofColumns(MappedImage.of(image), 2).values()).containsExactly(2, 8, 3, 0, 4, 0, 0, 0);
    }

    /**
     * Half a pixel: -1/8, 5/8, 5/8, -1/8 of four neighbours. In the middle of a ramp that is the mean of two; at its
     * beginning (-0 + 5 * 0 + 5 * 40 - 80) / 8 = 15, before its end (-80 + 5 * 120 + 5 * 160 - 160) / 8 = 145, and in the last
     * half pixel (-120 + 5 * 160 + 5 * 160 - 160) / 8 = 165, but that place is outside the image.
     */
    @Test
    void betweenPixelsFourNeighboursCount() {
        ByteImage image = new ByteImage(1, 1, 5, RAMP);
        assertThat(CubicShear.ofRows(MappedImage.of(image), 1).values()).containsExactly(15, 60, 100, (byte) 145, 0);
    }
}
