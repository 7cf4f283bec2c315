package org.rtda.system;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.rtda.benchmarks.PackagedService;

/** The packaged services, each with a setting that is not allowed. They need neither broker nor store to find out. */
class WrongSettingsIT {
    @TempDir
    private Path logs;

    @ParameterizedTest
    @CsvSource({
        "gateway, RTDA_GATEWAY_MAX_STREAMS, rtda.gateway.max-streams must be at least 1, was 0",
        "gateway, QUARKUS_HTTP_HOST, rtda.security.sign-in must be required while quarkus.http.host is 0",
        "augment-service, RTDA_BLOCK_CACHE_BYTES, rtda.block-cache-bytes must be at least 1, was 0",
        "attack-service, RTDA_NETWORK_CACHE, rtda.network-cache must be at least 1, was 0",
        "trainer-service, RTDA_BLOCK_CACHE_BYTES, rtda.block-cache-bytes must be at least 1, was 0",
        "trainer-service, RTDA_STALL_LIMIT, 'rtda.stall-limit must be longer than rtda.store.patience, PT5M'",
        "evaluator-service, RTDA_EVALUATOR_TASKS, 'rtda.evaluator.tasks must be in [1, 64], was 0'"
    })
    void aServiceNamesAWrongSettingAndEnds(String service, String variable, String message) {
        PackagedService.BackingServices nowhere = new PackagedService.BackingServices(
                Path.of(System.getProperty("rtda.root")),
                "127.0.0.1:1",
                "http://127.0.0.1:1",
                "key",
                "secret",
                "wrong-settings",
                1,
                logs);
        try (PackagedService process =
                PackagedService.start(service, service + "-wrong", nowhere, Map.of(variable, "0"))) {
            assertThatThrownBy(process::awaitReady).hasMessageContaining(message);
        }
    }
}
