package org.rtda.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.rtda.benchmarks.PackagedService;
import org.rtda.testkit.LocalStack;

/** The packaged services at a real broker that drops a record of work after four deliveries; the system needs five. */
class RefusedBrokerIT {
    private static LocalStack stack;

    @TempDir
    private Path logs;

    @BeforeAll
    static void start() {
        stack = LocalStack.start(Map.of("group.share.delivery.count.limit", "4"));
    }

    @AfterAll
    static void stop() {
        stack.close();
    }

    @ParameterizedTest
    @ValueSource(strings = {"gateway", "trainer-service", "augment-service", "attack-service", "evaluator-service"})
    void aServiceSaysWhichSettingIsTooLowAndEnds(String service) {
        PackagedService.BackingServices backing = PackagedService.BackingServices.of(stack, "refused-broker", logs);
        try (PackagedService process = PackagedService.start(service, service + "-refused", backing, Map.of())) {
            assertThatThrownBy(process::awaitReady)
                    .hasMessageContaining(
                            "has group.share.delivery.count.limit=4: it must be at least 5, or the broker drops work");
            assertThat(process.isAlive()).isFalse();
        }
    }
}
