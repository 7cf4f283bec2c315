package org.rtda.stack;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ServerOptionsTest {
    private static final Map<String, String> SECRETS =
            Map.of(ServerOptions.ACCESS_KEY, "access", ServerOptions.SECRET_KEY, "hidden");

    @Test
    void everyOptionIsRead() {
        ServerOptions options = ServerOptions.parse(
                new String[] {
                    "--data",
                    "/d",
                    "--kafka-port",
                    "9092",
                    "--s3-port",
                    "9000",
                    "--kafka-proxy-port",
                    "7001",
                    "--kafka-proxy-port",
                    "7002",
                    "--kafka-setting",
                    "group.share.delivery.count.limit=4",
                    "--ready-file",
                    "/r",
                    "--exit-with-parent",
                    "77",
                    "--delete-data"
                },
                SECRETS);

        assertThat(options.data()).isEqualTo(Path.of("/d"));
        assertThat(options.kafkaPort()).isEqualTo(9092);
        assertThat(options.s3Port()).isEqualTo(9000);
        assertThat(options.kafkaProxyPorts()).containsExactly(7001, 7002);
        assertThat(options.kafkaSettings()).containsExactly(Map.entry("group.share.delivery.count.limit", "4"));
        assertThat(options.readyFile()).contains(Path.of("/r"));
        assertThat(options.parent()).hasValue(77);
        assertThat(options.deleteData()).isTrue();
    }

    @Test
    void aKeystoreComesWithItsPassword() {
        String[] withKeystore = {"--data", "/d", "--kafka-keystore", "/k.p12"};
        Map<String, String> secrets = Map.of(
                ServerOptions.ACCESS_KEY, "access",
                ServerOptions.SECRET_KEY, "hidden",
                ServerOptions.KEYSTORE_PASSWORD, "of-the-keystore");

        assertThat(ServerOptions.parse(withKeystore, secrets).kafkaKeystore()).contains(Path.of("/k.p12"));
        assertThat(ServerOptions.parse(withKeystore, secrets).keystorePassword())
                .isEqualTo("of-the-keystore");
        assertThatThrownBy(() -> ServerOptions.parse(withKeystore, SECRETS))
                .isInstanceOf(StackFailure.class)
                .hasMessageStartingWith("the environment variable RTDA_KEYSTORE_PASSWORD is not set");
        assertThat(ServerOptions.parse(new String[] {"--data", "/d"}, SECRETS).kafkaKeystore())
                .isEmpty();
    }

    @Test
    void portsAreChosenAndNothingIsDeletedUnlessAsked() {
        ServerOptions options = ServerOptions.parse(new String[] {"--data", "/d"}, SECRETS);

        assertThat(options.kafkaPort()).isZero();
        assertThat(options.s3Port()).isZero();
        assertThat(options.kafkaProxyPorts()).isEmpty();
        assertThat(options.parent()).isEmpty();
        assertThat(options.deleteData()).isFalse();
    }

    @Test
    void secretsAreNotPrinted() {
        assertThat(ServerOptions.parse(new String[] {"--data", "/d"}, SECRETS).toString())
                .doesNotContain("hidden");
    }

    @Test
    void badOptionsAreNamed() {
        assertThatThrownBy(() -> ServerOptions.parse(new String[] {"--data", "/d", "--s3-port", "70000"}, SECRETS))
                .hasMessage("--s3-port must be a whole number in [0, 65535], was 70000");
        assertThatThrownBy(() -> ServerOptions.parse(new String[] {"--data"}, SECRETS))
                .hasMessageStartingWith("--data needs a value");
        assertThatThrownBy(() -> ServerOptions.parse(new String[] {"--data", "/d", "--kafka-setting", "=4"}, SECRETS))
                .hasMessage("--kafka-setting must be NAME=VALUE, was =4");
        assertThatThrownBy(() -> ServerOptions.parse(new String[] {"--colour"}, SECRETS))
                .hasMessageStartingWith("unknown option --colour");
        assertThatThrownBy(() -> ServerOptions.parse(new String[] {}, SECRETS))
                .hasMessageStartingWith("--data is missing");
        assertThatThrownBy(() -> ServerOptions.parse(new String[] {"--data", "/d"}, Map.of()))
                .hasMessageStartingWith("the environment variable RTDA_S3_ACCESS_KEY is not set");
    }
}
