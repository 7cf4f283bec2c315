package org.rtda.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class ReadModelBenchmarkTest {
    @Test
    void aPercentileIsTheSmallestValueThatSoManyPercentDoNotExceed() {
        double[] rising = IntStream.rangeClosed(1, 200).asDoubleStream().toArray();

        assertThat(ReadModelBenchmark.percentile(rising, 99)).isEqualTo(198);
        assertThat(ReadModelBenchmark.percentile(rising, 50)).isEqualTo(100);
        assertThat(ReadModelBenchmark.percentile(new double[] {7, 9}, 95)).isEqualTo(9);
        assertThat(ReadModelBenchmark.percentile(new double[] {7}, 1)).isEqualTo(7);
    }
}
