package org.rtda.core.augment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.rtda.core.ByteImage;
import org.rtda.core.Seed;

class CropAndFlipTest {
    private static final ByteImage ROW = new ByteImage(1, 1, 3, new byte[] {1, 2, 3});

    @Test
    void withoutFlipAndCropTheImageComesBack() {
        for (int i = 0; i < 20; i++) {
            assertThat(CropAndFlip.apply(ROW, false, 0, new Seed(i))).isSameAs(ROW);
        }
    }

    @Test
    void aboutHalfOfTheImagesAreMirrored() {
        int mirrored = 0;
        for (int i = 0; i < 2000; i++) {
            byte[] data = CropAndFlip.apply(ROW, true, 0, new Seed(i)).data();
            if (data[0] == 3) {
                assertThat(data).containsExactly(3, 2, 1);
                mirrored++;
            }
        }
        assertThat(mirrored / 2000.0).isCloseTo(0.5, within(0.05));
    }

    /** [1 2 3] padded by 2 is 3 2 1 2 3 2 1: its five windows are what can come out, and all do. */
    @Test
    void paddingReflectsWithoutRepeatingTheEdge() {
        Set<String> seen = new HashSet<>();
        for (int i = 0; i < 500; i++) {
            byte[] data = CropAndFlip.apply(ROW, false, 2, new Seed(i)).data();
            seen.add("" + data[0] + data[1] + data[2]);
        }
        assertThat(seen).containsExactlyInAnyOrder("321", "212", "123", "232");
    }

    @Test
    void aPaddingWiderThanTheImageGoesToAndFro() {
        int[] reflected = new int[9];
        for (int i = 0; i < 9; i++) {
            reflected[i] = CropAndFlip.reflected(i - 3, 3);
        }
        assertThat(reflected).containsExactly(1, 2, 1, 0, 1, 2, 1, 0, 1); // numpy.pad([0, 1, 2], 3, "reflect")
    }

    @Test
    void rowsMoveWithTheirChannels() {
        byte[] data = {
            0, 1, 2, 3, 4, 5, 6, 7, 8, 100, 101, 102, 103, 104, 105, 106, 107, 108, -56, -55, -54, -53, -52, -51, -50,
            -49, -48
        };
        ByteImage image = new ByteImage(3, 3, 3, data);
        ByteImage moved = CropAndFlip.apply(image, true, 1, new Seed(11));
        for (int row = 0; row < 3; row++) {
            for (int column = 0; column < 3; column++) {
                int first = moved.value(0, row, column);
                assertThat(moved.value(1, row, column)).isEqualTo(first + 100);
                assertThat(moved.value(2, row, column)).isEqualTo(first + 200);
            }
        }
    }

    @Test
    void theCropsPlaceDoesNotDependOnFlipping() {
        ByteImage mirrored = new ByteImage(1, 1, 3, new byte[] {3, 2, 1});
        for (int i = 0; i < 100; i++) {
            ByteImage crop = CropAndFlip.apply(ROW, false, 1, new Seed(i));
            ByteImage cropOfMirrored = CropAndFlip.apply(mirrored, false, 1, new Seed(i));
            assertThat(CropAndFlip.apply(ROW, true, 1, new Seed(i))).isIn(crop, cropOfMirrored);
        }
    }

    @Test
    void aNegativePaddingIsRefused() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> CropAndFlip.apply(ROW, false, -1, new Seed(1)))
                .withMessage("cropPadding must be at least 0, was -1");
    }
}
