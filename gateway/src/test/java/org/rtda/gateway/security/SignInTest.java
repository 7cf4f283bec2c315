package org.rtda.gateway.security;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.rtda.contracts.check.InvalidFieldException;
import org.rtda.testkit.ConfigMappings;

class SignInTest {
    private static final Map<String, String> REQUIRED = Map.of("rtda.security.sign-in", "required");
    private static final String TOKEN = "rtda_" + "5".repeat(64);

    @TempDir
    private Path folder;

    private static SignIn of(Map<String, String> settings, Map<String, String> more, String boundTo) {
        return SignIn.of(ConfigMappings.of(SecurityConfig.class, settings, more), boundTo, false);
    }

    @ParameterizedTest
    @ValueSource(strings = {"127.0.0.1", "127.0.0.2", "localhost", "::1", "[::1]"})
    void onLoopbackSignInIsOffUnlessItIsAskedFor(String host) {
        assertThat(of(Map.of(), Map.of(), host).required()).isFalse();
        assertThat(of(REQUIRED, Map.of(), host).required()).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"0.0.0.0", "::", "192.168.1.5", "a-host-that-nobody-knows.invalid", ""})
    void elsewhereTheGatewayStartsOnlyWithSignIn(String host) {
        assertThat(of(REQUIRED, Map.of(), host).required()).isTrue();
        assertThatThrownBy(() -> of(Map.of(), Map.of(), host))
                .isInstanceOf(InvalidFieldException.class)
                .hasMessage("rtda.security.sign-in must be required while quarkus.http.host is " + host
                        + ", which other machines reach (RTDA_SECURITY_SIGN_IN=required and RTDA_OWNER_TOKEN_FILE, or"
                        + " QUARKUS_HTTP_HOST=127.0.0.1), was off");
    }

    @Test
    void anotherWordIsRefused() {
        assertThatThrownBy(() -> of(Map.of("rtda.security.sign-in", "on"), Map.of(), "127.0.0.1"))
                .hasMessage("rtda.security.sign-in must be one of [off, required], was on");
    }

    @Test
    void openIdConnectWithoutSignInIsRefused() {
        SecurityConfig off = ConfigMappings.of(SecurityConfig.class, Map.of(), Map.of());
        assertThatThrownBy(() -> SignIn.of(off, "127.0.0.1", true))
                .hasMessage(
                        "rtda.security.sign-in must be required while quarkus.oidc.tenant-enabled is true, was off");
    }

    @Test
    void theOwnersTokenComesFromAVariableOrAFile() throws IOException {
        Path file = Files.writeString(folder.resolve("token"), TOKEN + "\n");

        String hash = TokenText.of(TOKEN).orElseThrow().hash();
        assertThat(of(REQUIRED, Map.of("rtda.owner-token", TOKEN), "::").ownerTokenHash())
                .contains(hash);
        assertThat(of(REQUIRED, Map.of("rtda.owner-token-file", file.toString()), "::")
                        .ownerTokenHash())
                .contains(hash);
    }

    @Test
    void withoutItOnlyStoredTokensAreAccepted() {
        assertThat(of(REQUIRED, Map.of(), "::").dependsOnStoredTokens()).isTrue();
        assertThat(of(REQUIRED, Map.of("rtda.owner-token", TOKEN), "::").dependsOnStoredTokens())
                .isFalse();
        assertThat(of(Map.of(), Map.of(), "127.0.0.1").dependsOnStoredTokens()).isFalse();
    }

    @Test
    void aTokenOfAnotherFormIsRefusedWithoutBeingTold() {
        assertThatThrownBy(() -> of(REQUIRED, Map.of("rtda.owner-token", "swordfish"), "::"))
                .hasMessage(
                        "rtda.owner-token must be rtda_ and 64 hexadecimal digits (infra/compose/make-secrets.sh writes"
                                + " one), was a text of 9 characters in another form");
    }

    @Test
    void aFileThatCannotBeReadOrIsOneTokenTooManyIsRefused() {
        String missing = folder.resolve("missing").toString();
        assertThatThrownBy(() -> of(REQUIRED, Map.of("rtda.owner-token-file", missing), "::"))
                .hasMessage("rtda.owner-token-file must be a file that the gateway can read, was " + missing);
        assertThatThrownBy(
                        () -> of(REQUIRED, Map.of("rtda.owner-token-file", missing, "rtda.owner-token", TOKEN), "::"))
                .hasMessageStartingWith("rtda.owner-token-file must be absent while rtda.owner-token is given");
    }
}
