package org.rtda.system;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The packaged services, each with a setting that is not allowed. They need neither broker nor store to find out. */
class WrongSettingsIT {
    @TempDir
    Path folder;

    @ParameterizedTest
    @CsvSource({
        "gateway, RTDA_GATEWAY_MAX_STREAMS, rtda.gateway.max-streams must be at least 1, was 0",
        "augment-service, RTDA_BLOCK_CACHE_BYTES, rtda.block-cache-bytes must be at least 1, was 0",
        "attack-service, RTDA_NETWORK_CACHE, rtda.network-cache must be at least 1, was 0",
        "trainer-service, RTDA_BLOCK_CACHE_BYTES, rtda.block-cache-bytes must be at least 1, was 0",
        "evaluator-service, RTDA_EVALUATOR_TASKS, 'rtda.evaluator.tasks must be in [1, 64], was 0'"
    })
    void aServiceNamesAWrongSettingAndEnds(String service, String variable, String message)
            throws IOException, InterruptedException {
        Path log = folder.resolve(service + ".log");
        ProcessBuilder builder = new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-jar",
                Path.of("../..", service, "target/quarkus-app/quarkus-run.jar").toString());
        builder.environment()
                .putAll(Map.of(
                        "KAFKA_BOOTSTRAP_SERVERS", "127.0.0.1:1",
                        "RTDA_STORE_ENDPOINT", "http://127.0.0.1:1",
                        "RTDA_STORE_ACCESS_KEY", "key",
                        "RTDA_STORE_SECRET_KEY", "secret",
                        "QUARKUS_HTTP_PORT", "0"));
        builder.environment().put(variable, "0");
        Process process =
                builder.redirectErrorStream(true).redirectOutput(log.toFile()).start();
        try {
            assertThat(process.waitFor(2, TimeUnit.MINUTES)).as("it ends").isTrue();
        } finally {
            process.destroyForcibly();
        }
        assertThat(process.exitValue()).isNotZero();
        assertThat(Files.readString(log)).contains(message);
    }
}
