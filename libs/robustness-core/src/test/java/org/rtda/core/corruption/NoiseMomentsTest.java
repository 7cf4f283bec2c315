package org.rtda.core.corruption;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Collections;
import java.util.List;
import java.util.stream.LongStream;
import org.assertj.core.data.Percentage;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvFileSource;
import org.rtda.core.ByteImage;
import org.rtda.core.GoldenFile;
import org.rtda.core.ImageBatch;
import org.rtda.core.Seed;

/**
 * Against MedMNIST-C's way of drawing, {@code src/test/golden/noise_golden.py}: three channels, cut to 8 bits, turned grey; on
 * an image with dark and bright parts, since clipping takes its part of the noise.
 */
class NoiseMomentsTest {

    @ParameterizedTest
    @CsvFileSource(resources = "/golden/noise-moments.csv", numLinesToSkip = 1)
    void meanAndDeviationAreTheOriginalsWithinTwoPercent(
            String noise, CorruptionTable table, int severity, double mean, double deviation) {
        // of rare hits it takes more draws to know the deviation
        int draws = noise.equals("impulse-noise") ? 2000 : 200;
        ByteImage image = GoldenFile.read("inputs").get("blobs");
        ImageBatch clean = ImageBatch.of(Collections.nCopies(draws, image));
        List<Seed> seeds = LongStream.range(0, draws).mapToObj(Seed::new).toList();

        float[] noisy =
                Corruptions.named(noise, table).apply(clean, severity, seeds).pixels();

        double sum = 0;
        double added = 0;
        double squares = 0;
        for (int i = 0; i < noisy.length; i++) {
            double off = (double) noisy[i] - clean.pixels()[i];
            sum += noisy[i];
            added += off;
            squares += off * off;
        }
        double meanAdded = added / noisy.length;
        assertThat(sum / noisy.length).isCloseTo(mean, Percentage.withPercentage(2));
        assertThat(Math.sqrt(squares / noisy.length - meanAdded * meanAdded))
                .isCloseTo(deviation, Percentage.withPercentage(2));
    }
}
