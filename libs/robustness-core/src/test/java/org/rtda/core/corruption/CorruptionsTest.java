package org.rtda.core.corruption;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.List;
import org.assertj.core.data.Percentage;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.rtda.core.GoldenFile;
import org.rtda.core.ImageBatch;
import org.rtda.core.Seed;

class CorruptionsTest {
    private static final Seed SEED = new Seed(42);

    static List<String> names() {
        return Corruptions.names();
    }

    @Test
    void theStandardEvaluationsSevenComeFirst() {
        assertThat(Corruptions.names())
                .startsWith(
                        "gaussian-noise",
                        "speckle-noise",
                        "gaussian-blur",
                        "contrast-down",
                        "brightness-up",
                        "jpeg",
                        "pixelate");
    }

    @Test
    void aTableHasWhatMedMnistCNamesForItsSetAndNotWhatItBorrows() {
        assertThat(Corruptions.names().stream().filter(CorruptionTable.ULTRASOUND::has))
                .containsExactlyInAnyOrder(
                        "speckle-noise",
                        "contrast-down",
                        "brightness-up",
                        "jpeg",
                        "pixelate",
                        "motion-blur",
                        "brightness-down");
        assertThat(Corruptions.names().stream().filter(name -> !CorruptionTable.CHEST_XRAY.has(name)))
                .containsExactly("motion-blur");
    }

    @ParameterizedTest
    @MethodSource("names")
    void theResultStaysInUnitRangeAndEachSeverityIsAtLeastAsStrong(String name) {
        for (CorruptionTable table : CorruptionTable.values()) {
            for (String input : List.of("scan", "blobs", "rgb-blobs")) {
                ImageBatch clean =
                        ImageBatch.of(List.of(GoldenFile.read("inputs").get(input)));
                Corruption corruption = Corruptions.named(name, table);
                assertThat(corruption.name()).isEqualTo(name);
                double before = 0;
                for (int severity = 1; severity <= 5; severity++) {
                    ImageBatch corrupted = corruption.apply(clean, severity, List.of(SEED));
                    double distance = distance(clean, corrupted);
                    if (!name.equals("pixelate")) { // its strength is the loss of resolution, see the next test
                        assertThat(distance)
                                .as(name + " " + table + " of " + input + " at " + severity)
                                .isGreaterThan(before * 0.98); // shot noise draws anew at each severity
                    }
                    before = distance;
                    for (float value : corrupted.pixels()) {
                        assertThat(value).isBetween(0f, 1f);
                    }
                }
            }
        }
    }

    /** A row of distinct values keeps int(side * factor) of them: .8 .7 .6 .5 .4 of 28, and .3 to .1 of 224. */
    @Test
    void pixelateKeepsFewerValuesAtEachSeverity() {
        assertThat(valuesLeft(CorruptionTable.CHEST_XRAY, 28)).containsExactly(22, 19, 16, 14, 11);
        assertThat(valuesLeft(CorruptionTable.CHEST_XRAY, 224)).containsExactly(179, 156, 134, 112, 89);
        assertThat(valuesLeft(CorruptionTable.ULTRASOUND, 28)).containsExactly(22, 19, 16, 14, 11);
        assertThat(valuesLeft(CorruptionTable.ULTRASOUND, 64)).containsExactly(51, 44, 38, 32, 22);
        assertThat(valuesLeft(CorruptionTable.ULTRASOUND, 224)).containsExactly(67, 56, 44, 33, 22);
    }

    private static int[] valuesLeft(CorruptionTable table, int side) {
        float[] ramp = new float[side * side];
        for (int i = 0; i < ramp.length; i++) {
            ramp[i] = i % side / (float) side;
        }
        ImageBatch clean = new ImageBatch(1, 1, side, side, ramp);
        int[] left = new int[5];
        for (int severity = 1; severity <= 5; severity++) {
            float[] row = Arrays.copyOf(
                    Corruptions.named("pixelate", table)
                            .apply(clean, severity, List.of(SEED))
                            .pixels(),
                    side);
            left[severity - 1] = (int) Arrays.stream(toLongs(row)).distinct().count();
        }
        return left;
    }

    private static long[] toLongs(float[] values) {
        long[] longs = new long[values.length];
        for (int i = 0; i < values.length; i++) {
            longs[i] = Math.round(values[i] * 1e5);
        }
        return longs;
    }

    @ParameterizedTest
    @MethodSource("names")
    void anImagesResultDependsOnItsSeedAndNotOnItsBatch(String name) {
        ImageBatch clean = ImageBatch.of(List.of(
                GoldenFile.read("inputs").get("blobs"),
                GoldenFile.read("inputs").get("noise")));
        float[] before = clean.pixels().clone();
        Corruption corruption = Corruptions.named(name);
        ImageBatch both = corruption.apply(clean, 3, List.of(new Seed(1), new Seed(2)));
        assertThat(corruption.apply(clean.slice(1, 2), 3, List.of(new Seed(2)))).isEqualTo(both.slice(1, 2));
        assertThat(clean.pixels()).containsExactly(before);
    }

    @Test
    void anotherSeedDrawsOtherNoise() {
        ImageBatch clean = flat(1, 28, 0.5f);
        Corruption noise = Corruptions.named("gaussian-noise");
        assertThat(noise.apply(clean, 1, List.of(new Seed(1))))
                .isNotEqualTo(noise.apply(clean, 1, List.of(new Seed(2))));
    }

    /** sigma of the table, times 0.67 on grey; speckle times the value 0.5. */
    @ParameterizedTest
    @CsvSource({
        "gaussian-noise, 1, 1, 0.0268",
        "gaussian-noise, 1, 5, 0.0536",
        "gaussian-noise, 3, 5, 0.08",
        "speckle-noise, 1, 1, 0.01675",
        "speckle-noise, 1, 5, 0.067",
        "speckle-noise, 3, 3, 0.05",
        "shot-noise, 3, 5, 0.0790569", // sqrt(0.5 / 80)
        "shot-noise, 1, 1, 0.0272917", // sqrt(0.5 / 300) * 0.66853
    })
    void noiseKeepsTheMeanAndHasTheTablesDeviationWithinTwoPercent(
            String name, int channels, int severity, double deviation) {
        ImageBatch noisy = Corruptions.named(name).apply(flat(channels, 256, 0.5f), severity, List.of(SEED));
        assertThat(mean(noisy)).isCloseTo(0.5, Percentage.withPercentage(2));
        assertThat(deviation(noisy)).isCloseTo(deviation, Percentage.withPercentage(2));
    }

    @Test
    void impulseNoiseHitsItsShareHalfWithSaltHalfWithPepper() {
        ImageBatch noisy = Corruptions.named("impulse-noise").apply(flat(3, 256, 0.5f), 5, List.of(SEED));
        int salt = 0;
        int pepper = 0;
        for (float value : noisy.pixels()) {
            salt += value == 1f ? 1 : 0;
            pepper += value == 0f ? 1 : 0;
        }
        double values = noisy.pixels().length;
        assertThat(salt / values).isCloseTo(0.01, within(0.001));
        assertThat(pepper / values).isCloseTo(0.01, within(0.001));
    }

    @Test
    void aFlatImageIsLeftAloneByWhatOnlyMovesOrMixesPixels() {
        ImageBatch flat = flat(1, 33, 51 / 255f);
        for (String name :
                List.of("gaussian-blur", "motion-blur", "pixelate", "contrast-down", "contrast-up", "jpeg")) {
            for (float value :
                    Corruptions.named(name).apply(flat, 1, List.of(SEED)).pixels()) {
                assertThat(value).as(name).isCloseTo(51 / 255f, within(1.1f / 255)); // jpeg may be one level off
            }
        }
    }

    /** (0.2, 0.4): brighter by 1.1, gamma 0.4, and contrast 0.9 about 0.3. */
    @Test
    void pointCorruptionsWorkedByHand() {
        ImageBatch clean = new ImageBatch(1, 1, 1, 2, new float[] {0.2f, 0.4f});
        assertThat(Corruptions.named("brightness-up")
                        .apply(clean, 1, List.of(SEED))
                        .pixels())
                .containsExactly(new float[] {0.22f, 0.44f}, within(1e-6f));
        assertThat(Corruptions.named("contrast-down")
                        .apply(clean, 1, List.of(SEED))
                        .pixels())
                .containsExactly(new float[] {0.21f, 0.39f}, within(1e-6f));
        assertThat(Corruptions.named("gamma-down")
                        .apply(clean, 5, List.of(SEED))
                        .pixels())
                .containsExactly(new float[] {0.52531f, 0.69314f}, within(1e-5f));
    }

    /** Contrast 1.6 about 0.5 makes -0.3 and 1.3 of black and white. */
    @Test
    void whatLeavesTheUnitRangeIsCutToItsVeryEnds() {
        ImageBatch clean = new ImageBatch(1, 1, 1, 2, new float[] {0, 1});
        assertThat(Corruptions.named("contrast-up")
                        .apply(clean, 5, List.of(SEED))
                        .pixels())
                .containsExactly(0f, 1f);
    }

    @Test
    void theUltrasoundTableFallsBackToTheChestTableAndBack() {
        assertThat(CorruptionTable.ULTRASOUND.parameters("brightness-up", 5)).containsExactly(2.0);
        assertThat(CorruptionTable.ULTRASOUND.parameters("gaussian-noise", 5)).containsExactly(0.08);
        assertThat(CorruptionTable.CHEST_XRAY.parameters("motion-blur", 2)).containsExactly(9, 7);
    }

    @Test
    void kernelsAreOddAtLeastThreeAndTheTablesOwnAt224() {
        assertThat(GaussianBlur.kernel(3, 1)).hasSize(3);
        assertThat(GaussianBlur.kernel(11, 1)).hasSize(11);
        assertThat(GaussianBlur.kernel(3, 0.4)).hasSize(3);
        assertThat(GaussianBlur.kernel(11, 0.4)).hasSize(5);
        double[] kernel = GaussianBlur.kernel(3, 1); // sigma 0.8: exp(-1 / 1.28) = 0.45783
        assertThat(kernel[1]).isCloseTo(1 / (1 + 2 * 0.45783), within(1e-5));
        assertThat(Arrays.stream(MotionBlur.weights(2, 2)).sum()).isCloseTo(1, within(1e-12));
    }

    /** A white pixel leaves a trail: the kernel's weights, on a ray within 45 degrees of its row, towards the left. */
    @Test
    void motionBlurTrailsOffAlongARay() {
        float[] pixels = new float[65 * 65];
        pixels[32 * 65 + 32] = 1;
        double[] weights = MotionBlur.weights(2, 2); // 65 pixels: 0.4 of radius 5 and deviation 5
        float[] trail = Corruptions.named("motion-blur")
                .apply(new ImageBatch(1, 1, 65, 65, pixels), 1, List.of(SEED))
                .pixels();
        double left = 0;
        for (int row = 0; row < 65; row++) {
            for (int column = 0; column < 65; column++) {
                if (trail[row * 65 + column] > 0) {
                    int off = 32 - column;
                    assertThat(off).isBetween(0, weights.length - 1);
                    assertThat(Math.abs(row - 32)).isLessThanOrEqualTo(off + 1);
                    left += trail[row * 65 + column];
                }
            }
        }
        assertThat(left).isCloseTo(1, within(1e-6));
        assertThat(trail[32 * 65 + 32]).isCloseTo((float) weights[0], within(1e-6f));
    }

    @Test
    void jpegTablesFollowTheIndependentJpegGroupsScale() {
        int[] table = {16, 11, 255};
        int[] padded = Arrays.copyOf(table, 64);
        assertThat(Jpeg.steps(padded, 50)).startsWith(16, 11, 255);
        assertThat(Jpeg.steps(padded, 15)).startsWith(53, 37, 255); // 333 percent
        assertThat(Jpeg.steps(padded, 100)).startsWith(1, 1, 1);
    }

    @Test
    void badArgumentsAreNamedWithTheirValue() {
        ImageBatch flat = flat(1, 8, 0.5f);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Corruptions.named("fog"))
                .withMessageContaining("'fog'")
                .withMessageContaining("gaussian-noise, speckle-noise");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Corruptions.named("jpeg").apply(flat, 6, List.of(SEED)))
                .withMessage("severity must be in [1, 5], was 6");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Corruptions.named("jpeg").apply(flat, 1, List.of()))
                .withMessageContaining("0 seeds and 1 images");
    }

    private static ImageBatch flat(int channels, int side, float value) {
        float[] pixels = new float[channels * side * side];
        Arrays.fill(pixels, value);
        return new ImageBatch(1, channels, side, side, pixels);
    }

    private static double mean(ImageBatch images) {
        double sum = 0;
        for (float value : images.pixels()) {
            sum += value;
        }
        return sum / images.pixels().length;
    }

    private static double deviation(ImageBatch images) {
        double mean = mean(images);
        double sum = 0;
        for (float value : images.pixels()) {
            sum += (value - mean) * (value - mean);
        }
        return Math.sqrt(sum / images.pixels().length);
    }

    private static double distance(ImageBatch one, ImageBatch other) {
        double sum = 0;
        for (int i = 0; i < one.pixels().length; i++) {
            double off = one.pixels()[i] - other.pixels()[i];
            sum += off * off;
        }
        return Math.sqrt(sum);
    }
}
