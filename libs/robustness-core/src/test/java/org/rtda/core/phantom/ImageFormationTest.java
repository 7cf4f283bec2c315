package org.rtda.core.phantom;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.function.IntFunction;
import org.junit.jupiter.api.Test;
import org.rtda.core.Seed;

/** The image-formation models against what their papers say. */
class ImageFormationTest {

    @Test
    void powerOfTheFieldFallsWithItsExponent() {
        for (double beta : new double[] {2, 3, 4}) {
            assertThat(slope(seed -> PowerLawField.of(128, beta, draw(seed)))).isCloseTo(-beta, within(0.12));
        }
    }

    @Test
    void powerOfBreastTissueFallsAsMeasuredOnMammograms() {
        // Burgess et al. 2001: mean exponent 2.8 to 3; strands and cut values move it a little
        assertThat(slope(seed -> MammogramPhantom.gland(128, draw(seed)))).isBetween(-3.2, -2.6);
    }

    @Test
    void theFieldHasMean0AndVariance1() {
        double square = 0;
        for (int seed = 0; seed < 60; seed++) {
            Plane field = PowerLawField.of(64, 2, draw(seed));
            assertThat(field.mean()).isCloseTo(0, within(1e-9));
            square += field.map(value -> value * value).mean() / 60;
        }
        assertThat(square).isCloseTo(1, within(0.12));
    }

    @Test
    void theTransformOfAnImpulseIsFlatAndOfAWaveAPeak() {
        double[] real = new double[64];
        double[] imaginary = new double[64];
        real[0] = 1;
        PowerLawField.transform(8, real, imaginary);
        assertThat(real).containsOnly(1.0);

        Arrays.setAll(real, i -> StrictMath.cos(2 * StrictMath.PI * 3 * (i % 8) / 8));
        Arrays.fill(imaginary, 0);
        PowerLawField.transform(8, real, imaginary);
        // 64 values of a cosine of 3 periods: half of the sum at 3, half at 8 - 3
        assertThat(real[3]).isCloseTo(32, within(1e-9));
        assertThat(real[5]).isCloseTo(32, within(1e-9));
        assertThat(real[0]).isCloseTo(0, within(1e-9));
        assertThat(real[8 + 3]).isCloseTo(0, within(1e-9));
    }

    @Test
    void fullyDevelopedSpeckleHasTheSignalToNoiseRatioOfRayleigh() {
        // mean / deviation of a Rayleigh variable is sqrt(pi / (4 - pi)) = 1.913
        Plane even = new Plane(256).map(zero -> 1);
        UltrasoundPhantom.Scanner quiet = new UltrasoundPhantom.Scanner(0.16, 0.32, 18, 60, 60, 0, 0, -200);

        assertThat(signalToNoise(even, quiet)).isCloseTo(1.913, within(0.05));
    }

    @Test
    void fewScatterersMakeSpeckleRougherThanRayleigh() {
        Plane even = new Plane(256).map(zero -> 1);
        UltrasoundPhantom.Scanner sparse = new UltrasoundPhantom.Scanner(0.16, 0.32, 18, 1, 60, 0, 0, -200);

        assertThat(signalToNoise(even, sparse)).isLessThan(1.6);
    }

    @Test
    void theEnvelopesRootMeanSquareIsTheAmplitude() {
        Plane even = new Plane(256).map(zero -> 3);
        Plane envelope = UltrasoundPhantom.envelope(even, UltrasoundPhantom.USUAL, draw(2));

        assertThat(Math.sqrt(envelope.map(value -> value * value).mean())).isCloseTo(3, within(0.1));
    }

    @Test
    void greyIsLinearInAttenuationWhereThereIsNoNoiseScatterOrBlur() {
        XrayDetector perfect = new XrayDetector(1e12, 0, 0, 0, 2, 0.5, 1);
        Plane half = Plane.of(128, (row, column) -> column < 65 ? 1.0 : 1.4);

        Plane grey = perfect.expose(half, draw(1));

        // the median lies in the left part: 0.5; the rest is brighter by 0.4 / 2
        assertThat(grey.at(10, 10)).isCloseTo(0.5, within(1e-4));
        assertThat(grey.at(10, 100)).isCloseTo(0.7, within(1e-4));
    }

    @Test
    void noiseIsThatOfTheCountedQuanta() {
        XrayDetector detector = new XrayDetector(400, 0, 0, 0, 1, 0.5, 1);

        Plane grey = detector.expose(new Plane(128), draw(3));

        // the relative deviation of 400 quanta is 1/20
        double mean = grey.mean();
        assertThat(Math.sqrt(grey.map(value -> (value - mean) * (value - mean)).mean()))
                .isCloseTo(0.05, within(0.002));
    }

    @Test
    void scatterTakesContrastAway() {
        Plane half = Plane.of(128, (row, column) -> column < 65 ? 1.0 : 1.4);
        Plane grey = new XrayDetector(1e12, 1, 1, 0, 2, 0.5, 1).expose(half, draw(1));

        // without scatter it would be 0.2
        assertThat(grey.at(64, 127) - grey.at(64, 0)).isBetween(0.05, 0.15);
    }

    @Test
    void countsHaveTheMeanAndVarianceOfPoisson() {
        Draw draw = draw(4);
        for (double mean : new double[] {0.5, 8, 200}) {
            double[] counts = new double[20000];
            Arrays.setAll(counts, i -> draw.poisson(mean));
            double found = Arrays.stream(counts).average().orElseThrow();
            double variance = Arrays.stream(counts)
                    .map(value -> (value - found) * (value - found))
                    .average()
                    .orElseThrow();
            assertThat(found).isCloseTo(mean, within(4 * Math.sqrt(mean / 20000)));
            assertThat(variance / mean).isCloseTo(1, within(0.06));
        }
    }

    @Test
    void shrinkingTakesTheMeanOfTheCoveredArea() {
        Plane three = new Plane(3, new double[] {1, 2, 3, 1, 2, 3, 1, 2, 3});

        // 1.5 cells a pixel: (1 + 0.5 * 2) / 1.5 = 4/3 and (0.5 * 2 + 3) / 1.5 = 8/3
        assertThat(three.shrunk(2).values())
                .containsExactly(new double[] {4 / 3.0, 8 / 3.0, 4 / 3.0, 8 / 3.0}, within(1e-12));
    }

    @Test
    void blurringKeepsTheMeanOfAnEvenPlaneAndSpreadsAPoint() {
        assertThat(new Plane(16).map(zero -> 0.7).blurred(2).values()).containsOnly(new double[] {0.7}, within(1e-12));
        Plane point = new Plane(32);
        point.values()[16 * 32 + 16] = 1;
        Plane spread = point.blurred(2);
        assertThat(Arrays.stream(spread.values()).sum()).isCloseTo(1, within(1e-9));
        // a Gaussian: one deviation off it has exp(-1/2) of its height
        assertThat(spread.at(16, 18) / spread.at(16, 16)).isCloseTo(0.60653, within(1e-4));
    }

    private static double signalToNoise(Plane amplitude, UltrasoundPhantom.Scanner scanner) {
        double mean = 0;
        double square = 0;
        int draws = 6;
        for (int seed = 0; seed < draws; seed++) {
            Plane whole = UltrasoundPhantom.envelope(amplitude, scanner, draw(seed));
            // at the borders there are fewer scatterers to add up
            Plane envelope = Plane.of(216, (row, column) -> whole.at(row + 20, column + 20));
            mean += envelope.mean() / draws;
            square += envelope.map(value -> value * value).mean() / draws;
        }
        return mean / Math.sqrt(square - mean * mean);
    }

    /** Of the logarithm of power over that of frequency, 3 to 40 periods a side, from the mean spectrum of 20 fields. */
    private static double slope(IntFunction<Plane> field) {
        int size = 128;
        double[] power = new double[41];
        int[] count = new int[41];
        for (int seed = 0; seed < 20; seed++) {
            double[] real = field.apply(seed).values().clone();
            double[] imaginary = new double[real.length];
            PowerLawField.transform(size, real, imaginary);
            for (int row = 0; row < size; row++) {
                for (int column = 0; column < size; column++) {
                    double frequency = StrictMath.hypot(Math.min(row, size - row), Math.min(column, size - column));
                    int bin = (int) Math.rint(frequency);
                    if (bin >= 3 && bin <= 40) {
                        int at = row * size + column;
                        power[bin] += real[at] * real[at] + imaginary[at] * imaginary[at];
                        count[bin]++;
                    }
                }
            }
        }
        double sumX = 0;
        double sumY = 0;
        double sumXx = 0;
        double sumXy = 0;
        for (int bin = 3; bin <= 40; bin++) {
            double x = StrictMath.log(bin);
            double y = StrictMath.log(power[bin] / count[bin]);
            sumX += x;
            sumY += y;
            sumXx += x * x;
            sumXy += x * y;
        }
        return (38 * sumXy - sumX * sumY) / (38 * sumXx - sumX * sumX);
    }

    private static Draw draw(int seed) {
        return new Draw(new Seed(seed));
    }
}
