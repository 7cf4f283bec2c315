package org.rtda.messaging;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class PausesTest {
    @Test
    void eachPauseIsTwiceTheOneBeforeUpToHalfAMinute() {
        Duration first = Pauses.longerThan(Duration.ZERO);

        assertThat(first).isEqualTo(Duration.ofSeconds(1));
        assertThat(Pauses.longerThan(first)).isEqualTo(Duration.ofSeconds(2));
        assertThat(Pauses.longerThan(Duration.ofSeconds(16))).isEqualTo(Duration.ofSeconds(30));
        assertThat(Pauses.longerThan(Duration.ofSeconds(30))).isEqualTo(Duration.ofSeconds(30));
    }
}
