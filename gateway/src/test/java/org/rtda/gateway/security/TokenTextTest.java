package org.rtda.gateway.security;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TokenTextTest {
    private static final String TEXT = "rtda_" + "0123456789abcdef".repeat(4);

    private static String basic(String userAndPassword) {
        return "Basic " + Base64.getEncoder().encodeToString(userAndPassword.getBytes(StandardCharsets.UTF_8));
    }

    @Test
    void aNewTokenHas64DigitsBehindItsPrefixAndIsNoOtherOne() {
        String text = TokenText.random().reveal();

        assertThat(text)
                .matches("rtda_[0-9a-f]{64}")
                .isNotEqualTo(TokenText.random().reveal());
        assertThat(TokenText.of(text)).isPresent();
    }

    /** printf rtda_0123...ef | sha256sum */
    @Test
    void whatIsKeptIsTheSha256OfTheWholeText() {
        assertThat(TokenText.of(TEXT).orElseThrow().hash())
                .isEqualTo("62f18f9b0fec0f5f3bc201f1e9f2e6b709a330354e8b7b83af609a1892a28b33");
    }

    @Test
    void itIsNotWrittenToLogs() {
        assertThat(TokenText.of(TEXT).orElseThrow()).hasToString("rtda_...");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", "rtda_", "rtda_0123", "RTDA_0123456789abcdef", "rtda_0123456789abcdef0123456789abcdef\n"})
    void anotherFormIsNoToken(String text) {
        assertThat(TokenText.of(text)).isEmpty();
        assertThat(TokenText.of(TEXT + text + "x")).isEmpty();
    }

    @Test
    void programsSendABearerTokenAndBrowsersAPassword() {
        assertThat(TokenText.credential("Bearer " + TEXT)).contains(TEXT);
        assertThat(TokenText.credential("bearer  " + TEXT)).contains(TEXT);
        assertThat(TokenText.credential(basic("alice:" + TEXT))).contains(TEXT);
        assertThat(TokenText.credential(basic(":" + TEXT))).contains(TEXT);
    }

    @Test
    void aTokenOfAnotherIssuerIsLeftToIt() {
        assertThat(TokenText.credential("Bearer eyJhbGciOi.x.y")).isEmpty();
        assertThat(TokenText.credential(null)).isEmpty();
        assertThat(TokenText.credential("Digest " + TEXT)).isEmpty();
    }

    @Test
    void aPasswordThatIsNoTokenIsACredentialAllTheSame() {
        assertThat(TokenText.credential(basic("alice:secret"))).contains("secret");
        assertThat(TokenText.credential("Basic !!!")).contains("");
    }
}
