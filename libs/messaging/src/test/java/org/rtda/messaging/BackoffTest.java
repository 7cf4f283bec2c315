package org.rtda.messaging;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class BackoffTest {
    @Test
    void eachPauseIsTwiceTheOneBeforeUpToHalfAMinute() {
        Duration first = Backoff.longerThan(Duration.ZERO);

        assertThat(first).isEqualTo(Duration.ofSeconds(1));
        assertThat(Backoff.longerThan(first)).isEqualTo(Duration.ofSeconds(2));
        assertThat(Backoff.longerThan(Duration.ofSeconds(16))).isEqualTo(Duration.ofSeconds(30));
        assertThat(Backoff.longerThan(Duration.ofSeconds(30))).isEqualTo(Duration.ofSeconds(30));
    }
}
