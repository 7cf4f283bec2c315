package org.rtda.cli.terminal;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class DurationsTest {

    @Test
    void areSaidInSecondsMinutesAndHours() {
        assertThat(Durations.inWords(Duration.ZERO)).isEqualTo("0 s");
        assertThat(Durations.inWords(Duration.ofSeconds(59))).isEqualTo("59 s");
        assertThat(Durations.inWords(Duration.ofSeconds(60))).isEqualTo("1 min");
        assertThat(Durations.inWords(Duration.ofSeconds(90))).isEqualTo("2 min");
        assertThat(Durations.inWords(Duration.ofSeconds(3570))).isEqualTo("1 h 0 min");
        assertThat(Durations.inWords(Duration.ofMinutes(134))).isEqualTo("2 h 14 min");
    }
}
