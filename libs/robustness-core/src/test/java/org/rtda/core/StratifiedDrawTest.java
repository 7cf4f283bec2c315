package org.rtda.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import java.util.stream.IntStream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

class StratifiedDrawTest {
    @Test
    void everyClassHasItsShareOfASortedSplit() {
        int[] labels = sorted(100, 20, 4);

        // a quarter of 124: 25 of 100, 5 of 20, 1 of 4
        assertThat(perClass(labels, StratifiedDraw.of(labels, 31))).containsExactly(25, 5, 1);
        // 62: 50 of 100, 10 of 20, 2 of 4
        assertThat(perClass(labels, StratifiedDraw.of(labels, 62))).containsExactly(50, 10, 2);
    }

    @Test
    void aClassWithFewImagesComesBeforeOthersHaveASecond() {
        int[] labels = sorted(1000, 1, 1);

        assertThat(perClass(labels, StratifiedDraw.of(labels, 3))).containsExactly(1, 1, 1);
    }

    @Test
    void ofTwoEqualClassesHalfEach() {
        int[] labels = sorted(80, 80);

        assertThat(perClass(labels, StratifiedDraw.of(labels, 80))).containsExactly(40, 40);
    }

    @Test
    void itIsNoPrefixOfAClass() {
        int[] drawn = StratifiedDraw.of(sorted(80, 80), 20);

        assertThat(Arrays.stream(drawn).filter(i -> i < 10).count()).isLessThan(10);
    }

    @Test
    void noneStandsForAllAndMoreThanThereAreIsAll() {
        assertThat(StratifiedDraw.of(sorted(2, 1), 0)).containsExactly(0, 1, 2);
        assertThat(StratifiedDraw.of(sorted(2, 1), 3)).containsExactly(0, 1, 2);
        assertThat(StratifiedDraw.of(sorted(2, 1), 7)).containsExactly(0, 1, 2);
        assertThatThrownBy(() -> StratifiedDraw.of(sorted(2, 1), -1)).hasMessage("count must be at least 0, was -1");
    }

    @Property
    void aDrawIsOfTheWantedSizeWithoutRepeatsRisingAndHoldsTheSmallerOnes(
            @ForAll("labels") int[] labels, @ForAll @IntRange(min = 1, max = 120) int count) {
        int[] drawn = StratifiedDraw.of(labels, count);

        assertThat(drawn).hasSize(Math.min(count, labels.length)).isSorted().doesNotHaveDuplicates();
        assertThat(drawn).isEqualTo(StratifiedDraw.of(labels, count));
        if (count > 1) {
            assertThat(drawn).contains(StratifiedDraw.of(labels, count - 1));
        }
    }

    @Property
    void noClassIsFurtherFromItsShareThanOneImagePerClass(
            @ForAll("labels") int[] labels, @ForAll @IntRange(min = 1, max = 120) int count) {
        int drawn = Math.min(count, labels.length);
        int[] all = perClass(labels, IntStream.range(0, labels.length).toArray());
        int[] found = perClass(labels, StratifiedDraw.of(labels, drawn));
        long present = Arrays.stream(all).filter(n -> n > 0).count();

        for (int c = 0; c < all.length; c++) {
            double share = (double) drawn * all[c] / labels.length;
            assertThat(Math.abs(found[c] - share)).as("class %d", c).isLessThanOrEqualTo(present);
            if (all[c] > 0 && drawn >= present) {
                assertThat(found[c]).as("class %d", c).isPositive();
            }
        }
    }

    @Provide
    Arbitrary<int[]> labels() {
        return Arbitraries.integers()
                .between(0, 4)
                .array(int[].class)
                .ofMinSize(1)
                .ofMaxSize(100);
    }

    private static int[] sorted(int... counts) {
        return IntStream.range(0, counts.length)
                .flatMap(label -> IntStream.generate(() -> label).limit(counts[label]))
                .toArray();
    }

    private static int[] perClass(int[] labels, int[] drawn) {
        int[] counts = new int[Arrays.stream(labels).max().orElse(0) + 1];
        for (int i : drawn) {
            counts[labels[i]]++;
        }
        return counts;
    }
}
