package org.rtda.augment;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.rtda.contracts.check.InvalidFieldException;
import org.rtda.testkit.ConfigMappings;

class AugmentConfigTest {
    private static final Map<String, String> NEEDED = Map.of("rtda.instance", "one");

    @Test
    void whatIsNeededIsEnough() {
        assertThatCode(() -> AugmentConfig.check(with(Map.of()))).doesNotThrowAnyException();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '"', textBlock = """
            rtda.instance|" "|more than blanks
            rtda.block-cache-bytes|0|at least 1
            rtda.inline-limit-bytes|-1|in [0, 716800]
            rtda.inline-limit-bytes|716801|in [0, 716800]
            """)
    void aValueThatIsNotAllowedIsNamedWithWhatIs(String key, String value, String allowed) {
        assertThatThrownBy(() -> AugmentConfig.check(with(Map.of(key, value))))
                .isInstanceOf(InvalidFieldException.class)
                .hasMessageStartingWith(key + " must be " + allowed);
    }

    @Test
    void theLastAllowedValuesAreAllowed() {
        assertThatCode(() -> AugmentConfig.check(
                        with(Map.of("rtda.block-cache-bytes", "1", "rtda.inline-limit-bytes", "716800"))))
                .doesNotThrowAnyException();
    }

    private static AugmentConfig with(Map<String, String> changed) {
        return ConfigMappings.of(AugmentConfig.class, NEEDED, changed);
    }
}
