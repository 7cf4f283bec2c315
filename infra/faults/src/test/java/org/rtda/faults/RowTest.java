package org.rtda.faults;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.rtda.contracts.EventCodec;

class RowTest {

    @Test
    void triesAreAddedUpAndTheirSecondsHaveAMedian() {
        Row row = Row.of(
                "trainer-killed",
                List.of(
                        new Tried(0, 0, 0, 12.0, List.of()),
                        new Tried(3, 1, 0, 90.0, List.of("lost")),
                        new Tried(0, 0, 2, null, List.of("differing", "hung")),
                        new Tried(0, 0, 0, 14.0, List.of())));

        assertThat(row).isEqualTo(new Row("trainer-killed", 4, 2, 3, 1, 2, 14.0, List.of("lost", "differing", "hung")));
        assertThat(row.isClean()).isFalse();
    }

    @Test
    void anEvenNumberOfSecondsHasItsMedianBetweenTheMiddleTwo() {
        assertThat(Row.of("f", List.of(new Tried(0, 0, 0, 2.0, List.of()), new Tried(0, 0, 0, 3.0, List.of())))
                        .seconds())
                .isEqualTo(2.5);
    }

    @Test
    void aFaultThatCouldNotBeTriedSaysWhyAndIsNoFailure() {
        Row row = Row.notTried("clock-ahead", "libfaketime is not installed");

        assertThat(row.failures()).containsExactly("not tried: libfaketime is not installed");
        assertThat(row.tried()).isZero();
        assertThat(row.isClean()).isTrue();
    }

    @Test
    void secondsThatThereAreNotAreNullInTheFileAndNotLeftOut() throws JsonProcessingException {
        assertThat(EventCodec.mapper().writeValueAsString(Row.of("f", List.of())))
                .contains("\"seconds\":null");
    }

    /** Work at 1, 2, 9 and 12 s, the fault from 3 to 5 s: the pause from 2 to 9 counts from 5 on (4 s), the next is 3 s. */
    @Test
    void secondsAreTheLongestPauseAfterTheFaultWithoutItsOwnTime() {
        assertThat(Session.longestPause(seconds(1, 2, 9, 12), 3_000_000_000L, 5_000_000_000L))
                .isEqualTo(4.0);
    }

    /** Killed at 3 s, work at 4 s was under way already; then nothing until 24 s. */
    @Test
    void aPauseThatBeginsAfterAKillCounts() {
        assertThat(Session.longestPause(seconds(2, 4, 24), 3_000_000_000L, 3_000_000_000L))
                .isEqualTo(20.0);
    }

    @Test
    void withoutAnyWorkAfterTheFaultThereAreNoSeconds() {
        assertThat(Session.longestPause(seconds(1, 2), 3_000_000_000L, 5_000_000_000L))
                .isNull();
    }

    private static List<Long> seconds(int... when) {
        return java.util.Arrays.stream(when).mapToObj(s -> s * 1_000_000_000L).toList();
    }
}
