package org.rtda.gateway;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.rtda.contracts.check.InvalidFieldException;
import org.rtda.testkit.ConfigMappings;

class GatewayConfigTest {
    private static final Map<String, String> NEEDED = Map.of(
            "rtda.store.endpoint", "http://127.0.0.1:9000",
            "rtda.store.access-key", "key",
            "rtda.store.secret-key", "secret",
            "rtda.database.url", "jdbc:h2:mem:");

    @Test
    void whatIsNeededIsEnough() {
        assertThatCode(() -> GatewayConfig.check(with(Map.of()))).doesNotThrowAnyException();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '"', textBlock = """
            rtda.gateway.max-training-metrics|99|in [100, 1000000]
            rtda.gateway.max-training-metrics|1000001|in [100, 1000000]
            rtda.trainer-memory|3x|an amount of memory
            rtda.gateway.max-upload-bytes|0|in [1, 1073741824]
            rtda.gateway.max-upload-bytes|1073741825|in [1, 1073741824]
            rtda.gateway.max-archive-bytes|0|at least 1
            rtda.gateway.max-weights-bytes|0|in [1, 2147483639]
            rtda.gateway.max-weights-bytes|2147483640|in [1, 2147483639]
            rtda.gateway.max-json-bytes|0|in [1, 67108864]
            rtda.gateway.max-json-bytes|67108865|in [1, 67108864]
            rtda.gateway.max-streams|0|at least 1
            rtda.retention.predictions|PT0S|more than PT0S
            rtda.retention.galleries|-P1D|more than PT0S
            rtda.gateway.stream-buffer|0|at least 1
            """)
    void aValueThatIsNotAllowedIsNamedWithWhatIs(String key, String value, String allowed) {
        assertThatThrownBy(() -> GatewayConfig.check(with(Map.of(key, value))))
                .isInstanceOf(InvalidFieldException.class)
                .hasMessageStartingWith(key + " must be " + allowed);
    }

    @Test
    void theLastAllowedValuesAreAllowed() {
        assertThatCode(() -> GatewayConfig.check(with(Map.of(
                        "rtda.gateway.max-training-metrics", "100", "rtda.gateway.max-weights-bytes", "2147483639"))))
                .doesNotThrowAnyException();
    }

    private static GatewayConfig with(Map<String, String> changed) {
        return ConfigMappings.of(GatewayConfig.class, NEEDED, changed);
    }
}
