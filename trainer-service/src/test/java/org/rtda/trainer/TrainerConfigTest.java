package org.rtda.trainer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.rtda.contracts.check.InvalidFieldException;
import org.rtda.testkit.ConfigMappings;

class TrainerConfigTest {
    private static final Map<String, String> NEEDED = Map.of("rtda.instance", "one");

    @Test
    void whatIsNeededIsEnough() {
        assertThatCode(() -> TrainerConfig.check(with(Map.of()))).doesNotThrowAnyException();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '"', textBlock = """
            rtda.instance|" "|more than blanks
            rtda.block-cache-bytes|0|at least 1
            rtda.trainer-memory|much|an amount of memory
            rtda.sweep-interval|PT0.5S|at least PT1S
            rtda.inline-limit-bytes|-1|in [0, 716800]
            rtda.inline-limit-bytes|716801|in [0, 716800]
            """)
    void aValueThatIsNotAllowedIsNamedWithWhatIs(String key, String value, String allowed) {
        assertThatThrownBy(() -> TrainerConfig.check(with(Map.of(key, value))))
                .isInstanceOf(InvalidFieldException.class)
                .hasMessageStartingWith(key + " must be " + allowed);
    }

    @Test
    void theLastAllowedValuesAreAllowed() {
        assertThatCode(() -> TrainerConfig.check(
                        with(Map.of("rtda.block-cache-bytes", "1", "rtda.inline-limit-bytes", "0"))))
                .doesNotThrowAnyException();
    }

    /** As the fault suite and operators give it. */
    @Test
    void theSweepIntervalIsReadFromItsEnvironmentVariable() {
        assertThat(ConfigMappings.ofEnvironment(TrainerConfig.class, NEEDED, Map.of("RTDA_SWEEP_INTERVAL", "PT10S"))
                        .sweepInterval())
                .isEqualTo(Duration.ofSeconds(10));
        assertThat(with(Map.of()).sweepInterval()).isEqualTo(Duration.ofMinutes(10));
    }

    private static TrainerConfig with(Map<String, String> changed) {
        return ConfigMappings.of(TrainerConfig.class, NEEDED, changed);
    }
}
