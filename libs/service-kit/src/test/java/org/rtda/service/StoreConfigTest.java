package org.rtda.service;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.smallrye.config.PropertiesConfigSource;
import io.smallrye.config.SmallRyeConfigBuilder;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;

class StoreConfigTest {
    private static final Map<String, String> NEEDED = Map.of(
            "rtda.store.endpoint", "http://127.0.0.1:9000",
            "rtda.store.access-key", "key",
            "rtda.store.secret-key", "secret");

    /** With every default. */
    static StoreConfig config() {
        return with(NEEDED, StoreConfig.class);
    }

    @Test
    void addressAndKeysAreEnough() {
        StoreConfig store = config();

        assertThat(store.bucket()).isEqualTo("rtda");
        assertThat(store.region()).isEqualTo("us-east-1");
        assertThat(store.patience()).isEqualTo(Duration.ofMinutes(5));
    }

    @Test
    void withoutAnAddressThereIsNoStore() {
        assertThatThrownBy(() -> with(Map.of("rtda.store.access-key", "key"), StoreConfig.class))
                .hasMessageContaining("rtda.store.endpoint");
    }

    @Test
    void theBrokerHasAMinuteToAnswer() {
        assertThat(with(Map.of(), BrokerConfig.class).brokerPatience()).isEqualTo(Duration.ofMinutes(1));
    }

    private static <T> T with(Map<String, String> settings, Class<T> mapping) {
        return new SmallRyeConfigBuilder()
                .withMapping(mapping)
                .withSources(new PropertiesConfigSource(settings, "test", 100))
                .build()
                .getConfigMapping(mapping);
    }
}
