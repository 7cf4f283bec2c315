package org.rtda.cli.benchmark;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class TimeLeftTest {

    @Test
    void nothingIsKnownBeforeTheFirstCellHasFinished() {
        assertThat(TimeLeft.of(Map.of(), List.of("erm"), 1)).isEmpty();
    }

    /** erm's median of 10, 20, 90 is 20; rtda's of 100 and 300 is 200; 20 + 200 + 200, two at once. */
    @Test
    void theMedianOfEachMethodCounts() {
        assertThat(TimeLeft.of(
                        Map.of("erm", List.of(90.0, 10.0, 20.0), "rtda", List.of(300.0, 100.0)),
                        List.of("erm", "rtda", "rtda"),
                        2))
                .contains(Duration.ofSeconds(210));
    }

    @Test
    void aMethodWithoutAnyTakesTheMedianOfAll() {
        assertThat(TimeLeft.of(Map.of("erm", List.of(10.0, 20.0, 90.0)), List.of("rtda"), 1))
                .contains(Duration.ofSeconds(20));
    }
}
