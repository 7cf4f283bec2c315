package org.rtda.core.augment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.rtda.core.ByteImage;
import org.rtda.core.GoldenFile;

class OperationsTest {
    private static final Map<String, ByteImage> INPUTS = GoldenFile.read("inputs");

    /** Measured: 100% of the pixels of every operation, level and sign are Pillow 13.0.0's own. */
    @ParameterizedTest
    @MethodSource("names")
    void everyPixelIsExactlyPillows(String name) {
        Operation operation = Operations.named(name);
        Map<String, ByteImage> expected = GoldenFile.read("augment-" + name);
        assertThat(expected).isNotEmpty();
        expected.forEach((key, golden) -> {
            String[] parts = key.split(" ");
            ByteImage result =
                    operation.apply(INPUTS.get(parts[0]), Double.parseDouble(parts[1]), parts[2].equals("-1"));
            assertThat(GoldenFile.shareWithin(0, result, golden))
                    .as(name + " of " + key)
                    .isEqualTo(1.0);
        });
    }

    static java.util.List<String> names() {
        return Operations.names();
    }

    @Test
    void aThirdOfTheWidthIsTheFarthestTranslation() {
        ByteImage row = new ByteImage(1, 1, 6, new byte[] {1, 2, 3, 4, 5, 6});
        assertThat(Operations.named("translate-x").apply(row, 10, false).data()).containsExactly(3, 4, 5, 6, 0, 0);
        assertThat(Operations.named("translate-x").apply(row, 10, true).data()).containsExactly(0, 0, 1, 2, 3, 4);
    }

    @Test
    void anUnknownNameListsTheKnownOnes() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Operations.named("cutout"))
                .withMessageContaining("'cutout'")
                .withMessageContaining("autocontrast, equalize, posterize, rotate, solarize, shear-x, shear-y");
    }

    @Test
    void greyImagesSkipColorAndTheShortListLeavesOutWhatEvaluationCorruptsWith() {
        assertThat(Operations.forImages(3, true)).hasSize(13);
        assertThat(Operations.forImages(1, true)).hasSize(12);
        assertThat(Operations.forImages(3, false)).hasSize(9);
    }
}
