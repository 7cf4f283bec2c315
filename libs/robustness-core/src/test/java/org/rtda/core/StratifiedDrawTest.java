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
    void whereThereIsNoRoomForEveryClassTheLargerOnesAreDrawn() {
        assertThat(perClass(sorted(5, 40, 20), StratifiedDraw.of(sorted(5, 40, 20), 2)))
                .containsExactly(0, 1, 1);
    }

    @Test
    void manySmallClassesAreNotRoundedUpAtTheCostOfALargeOne() {
        int[] labels = sorted(900, 10, 10, 10, 10, 10, 10, 10, 10, 10, 10);

        // shares of 105 of 1000: 94.5 and 1.05; the greatest remainder is the large class's
        assertThat(perClass(labels, StratifiedDraw.of(labels, 105))).containsExactly(95, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1);
    }

    @Test
    void theNextImageIsOfTheClassThatIsFurthestBehind() {
        // after one of each: (1 + 1/2) / 8 = .1875 < 1.5 / 4 = .375, then 2.5 / 8 = .3125 < .375, then .375 < 3.5 / 8
        assertThat(perClass(sorted(8, 4), StratifiedDraw.of(sorted(8, 4), 3))).containsExactly(2, 1);
        assertThat(perClass(sorted(8, 4), StratifiedDraw.of(sorted(8, 4), 4))).containsExactly(3, 1);
        assertThat(perClass(sorted(8, 4), StratifiedDraw.of(sorted(8, 4), 5))).containsExactly(3, 2);
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

    /** What defines the method, told by the result alone: an image more for one class and less for another is no improvement. */
    @Property
    void noExchangeOfAnImageBetweenTwoClassesBringsThemNearerToTheirShares(
            @ForAll("labels") int[] labels, @ForAll @IntRange(min = 1, max = 120) int count) {
        int[] all = perClass(labels, IntStream.range(0, labels.length).toArray());
        int[] found = perClass(labels, StratifiedDraw.of(labels, count));

        for (int giver = 0; giver < all.length; giver++) {
            for (int taker = 0; taker < all.length; taker++) {
                if (found[giver] > 1 && found[taker] < all[taker]) {
                    assertThat((2 * found[giver] - 1) * all[taker])
                            .as("from class %d to class %d of %s", giver, taker, Arrays.toString(found))
                            .isLessThanOrEqualTo((2 * found[taker] + 1) * all[giver]);
                }
            }
        }
    }

    @Property
    void everyClassHasAnImageWhereThereIsRoomForOneOfEach(
            @ForAll("labels") int[] labels, @ForAll @IntRange(min = 1, max = 120) int count) {
        long present = Arrays.stream(labels).distinct().count();
        long drawn = Arrays.stream(StratifiedDraw.of(labels, count))
                .map(i -> labels[i])
                .distinct()
                .count();

        assertThat(drawn).isEqualTo(Math.min(present, count));
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
