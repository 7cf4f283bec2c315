package org.rtda.evaluator;

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

class EvaluatorConfigTest {
    private static final Map<String, String> NEEDED = Map.of("rtda.instance", "one");

    @Test
    void whatIsNeededIsEnough() {
        assertThatCode(() -> EvaluatorConfig.check(with(Map.of()))).doesNotThrowAnyException();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '"', textBlock = """
            rtda.instance|" "|more than blanks
            rtda.block-cache-bytes|-1|at least 0
            rtda.sweep-interval|PT0.5S|at least PT1S
            rtda.evaluator.tasks|0|in [1, 64]
            rtda.evaluator.tasks|65|in [1, 64]
            rtda.evaluator.named-tasks|0|in [1, 64]
            rtda.evaluator.named-tasks|65|in [1, 64]
            rtda.evaluator.computing|0|in [1, 64]
            rtda.evaluator.computing|65|in [1, 64]
            rtda.evaluator.model-cache|0|in [1, 64]
            rtda.evaluator.model-cache|65|in [1, 64]
            rtda.evaluator.model-threads|0|in [1, 64]
            rtda.evaluator.model-threads|65|in [1, 64]
            rtda.evaluator.attack-attempts|0|in [1, 100]
            rtda.evaluator.attack-attempts|101|in [1, 100]
            rtda.evaluator.attack-patience|PT0S|longer than nothing
            rtda.evaluator.attack-answer-patience|PT-1S|longer than nothing
            rtda.evaluator.stall-limit|PT0S|longer than nothing
            """)
    void aValueThatIsNotAllowedIsNamedWithWhatIs(String key, String value, String allowed) {
        assertThatThrownBy(() -> EvaluatorConfig.check(with(Map.of(key, value))))
                .isInstanceOf(InvalidFieldException.class)
                .hasMessageStartingWith(key + " must be " + allowed);
    }

    @Test
    void theLastAllowedValuesAreAllowed() {
        assertThatCode(() -> EvaluatorConfig.check(with(Map.of(
                        "rtda.evaluator.tasks",
                        "64",
                        "rtda.evaluator.computing",
                        "1",
                        "rtda.evaluator.stall-limit",
                        "PT6M0.001S"))))
                .doesNotThrowAnyException();
    }

    /** As the fault suite and operators give it. */
    @Test
    void theSweepIntervalIsReadFromItsEnvironmentVariable() {
        assertThat(ConfigMappings.ofEnvironment(EvaluatorConfig.class, NEEDED, Map.of("RTDA_SWEEP_INTERVAL", "PT10S"))
                        .sweepInterval())
                .isEqualTo(Duration.ofSeconds(10));
        assertThat(with(Map.of()).sweepInterval()).isEqualTo(Duration.ofMinutes(10));
    }

    private static EvaluatorConfig with(Map<String, String> changed) {
        return ConfigMappings.of(EvaluatorConfig.class, NEEDED, changed);
    }
}
