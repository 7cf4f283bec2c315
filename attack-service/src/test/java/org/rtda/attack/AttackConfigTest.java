package org.rtda.attack;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.rtda.contracts.check.InvalidFieldException;
import org.rtda.testkit.ConfigMappings;

class AttackConfigTest {
    private static final Map<String, String> NEEDED = Map.of("rtda.instance", "one");

    @Test
    void whatIsNeededIsEnough() {
        assertThatCode(() -> AttackConfig.check(with(Map.of()))).doesNotThrowAnyException();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '"', textBlock = """
            rtda.instance|" "|more than blanks
            rtda.block-cache-bytes|0|at least 1
            rtda.inline-limit-bytes|-1|in [0, 716800]
            rtda.inline-limit-bytes|716801|in [0, 716800]
            rtda.network-cache|0|at least 1
            rtda.simulated-device-millis-per-image|-0.1|in [0, 1000000]
            rtda.simulated-device-millis-per-image|NaN|in [0, 1000000]
            """)
    void aValueThatIsNotAllowedIsNamedWithWhatIs(String key, String value, String allowed) {
        assertThatThrownBy(() -> AttackConfig.check(with(Map.of(key, value))))
                .isInstanceOf(InvalidFieldException.class)
                .hasMessageStartingWith(key + " must be " + allowed);
    }

    @Test
    void theLastAllowedValuesAreAllowed() {
        assertThatCode(() -> AttackConfig.check(
                        with(Map.of("rtda.network-cache", "1", "rtda.inline-limit-bytes", "716800"))))
                .doesNotThrowAnyException();
    }

    private static AttackConfig with(Map<String, String> changed) {
        return ConfigMappings.of(AttackConfig.class, NEEDED, changed);
    }
}
