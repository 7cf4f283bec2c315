package org.rtda.gateway.view;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class ThinnedSeriesTest {

    private static ThinnedSeries<Long> of(int capacity, List<Long> positions) {
        ThinnedSeries<Long> series = new ThinnedSeries<>(capacity);
        positions.forEach(p -> series.put(p, p));
        return series;
    }

    private static List<Long> steps(long last) {
        return LongStream.rangeClosed(1, last).boxed().toList();
    }

    @Test
    void keepsEverythingUpToItsCapacity() {
        assertThat(of(8, steps(8)).values()).containsExactlyElementsOf(steps(8));
    }

    @Test
    void beyondItKeepsEverySecondAndTheFirstAndTheLast() {
        assertThat(of(8, steps(9)).values()).containsExactly(1L, 2L, 4L, 6L, 8L, 9L);
        assertThat(of(8, steps(11)).values()).containsExactly(1L, 2L, 4L, 6L, 8L, 10L, 11L);
    }

    @Test
    void neverHoldsMoreThanItsCapacityAndStaysEven() {
        ThinnedSeries<Long> series = of(100, steps(100_000));

        List<Long> kept = series.values();
        assertThat(kept).hasSizeBetween(50, 100).startsWith(1L).endsWith(100_000L);
        List<Long> inner = kept.subList(1, kept.size() - 1);
        assertThat(inner).allMatch(p -> p % 1024 == 0).hasSize(97);
    }

    @Test
    void whatRemainsDoesNotDependOnTheOrderOfArrival() {
        List<Long> shuffled = new ArrayList<>(steps(1000));
        Collections.shuffle(shuffled, new Random(1));

        assertThat(of(64, shuffled).values()).isEqualTo(of(64, steps(1000)).values());
    }

    @Test
    void saysWhetherAValueIsNowPartOfIt() {
        ThinnedSeries<Long> series = of(8, steps(9));

        assertThat(series.put(3, 3L)).isFalse();
        assertThat(series.put(13, 13L)).isTrue();
        assertThat(series.values()).doesNotContain(9L, 3L).endsWith(13L);
    }

    @Test
    void theLatestAreThoseWithinSoManyPositionsOfTheLast() {
        assertThat(of(8, steps(7)).latest(3)).containsExactly(4L, 5L, 6L, 7L);
        // kept are 1, 2, 4, 6, 8, 10, 11
        assertThat(of(8, steps(11)).latest(5)).containsExactly(6L, 8L, 10L, 11L);
    }

    @Test
    void whereNoneIsWithinReachTheLatestAreTheLastTwo() {
        assertThat(of(8, List.of(1L, 2L, 40L)).latest(5)).containsExactly(2L, 40L);
        assertThat(of(8, List.of(7L)).latest(5)).containsExactly(7L);
        assertThat(of(8, List.of()).latest(5)).isEmpty();
    }
}
