package org.rtda.core.augment;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.rtda.core.ByteImage;

class BicubicAffineTest {
    private static final ByteImage IMAGE = new ByteImage(1, 2, 3, new byte[] {1, 2, 3, 4, 5, 6});

    @Test
    void nothingButAShiftByWholePixelsMovesValues() {
        assertThat(map(1, 0, 0, 0, 1, 0)).containsExactly(1, 2, 3, 4, 5, 6);
        assertThat(map(1, 0, 1, 0, 1, 0)).containsExactly(2, 3, 0, 5, 6, 0);
        assertThat(map(1, 0, 0, 0, 1, -1)).containsExactly(0, 0, 0, 1, 2, 3);
    }

    /** x' = y, y' = x about the corner: row r, column c comes from row c, column r. */
    @Test
    void aColumnMayComeFromAllColumns() {
        assertThat(map(0, 1, 0, 1, 0, 0)).containsExactly(1, 4, 0, 2, 5, 0);
    }

    /** x' = 2 - y, y' = x: row r, column c comes from column 1 - r of row c. */
    @Test
    void columnsMayBeWantedFromRightToLeftAlongAColumn() {
        assertThat(map(0, -1, 2, 1, 0, 0)).containsExactly(2, 5, 0, 1, 4, 0);
    }

    @Test
    void aMapToNowhereIsBlack() {
        assertThat(map(1, 0, 100, 0, 1, 0)).containsOnly(0);
        assertThat(map(1, 0, -100, 0, 1, 0)).containsOnly(0);
    }

    private static byte[] map(double a, double b, double c, double d, double e, double f) {
        return new BicubicAffine(a, b, c, d, e, f).apply(MappedImage.of(IMAGE)).values();
    }
}
