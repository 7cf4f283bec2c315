package org.rtda.gateway.security;

import java.io.IOException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.rtda.contracts.check.Check;
import org.rtda.contracts.check.InvalidFieldException;

/**
 * Whether people and programs must sign in, as the settings say.
 *
 * @param required when false, everybody is an owner
 * @param openId whether people may sign in by OpenID Connect
 * @param ownerTokenHash of the token that is an owner's without being stored; empty when there is none
 */
record SignIn(boolean required, boolean openId, Optional<String> ownerTokenHash) {
    private static final String SETTING = "rtda.security.sign-in";
    private static final String OFF = "off";
    private static final String REQUIRED = "required";

    /**
     * @param boundTo address or name that the gateway listens on
     * @param openId whether OpenID Connect is switched on
     * @throws InvalidFieldException when settings are not allowed, or would let others than this machine in unasked
     */
    static SignIn of(SecurityConfig config, String boundTo, boolean openId) {
        String mode = Check.oneOf(SETTING, config.security().signIn(), List.of(OFF, REQUIRED));
        boolean required = mode.equals(REQUIRED);
        if (!required && !isLoopback(boundTo)) {
            throw new InvalidFieldException(
                    SETTING,
                    mode,
                    REQUIRED + " while quarkus.http.host is " + boundTo + ", which other machines reach"
                            + " (RTDA_SECURITY_SIGN_IN=required and RTDA_OWNER_TOKEN_FILE, or QUARKUS_HTTP_HOST=127.0.0.1)");
        }
        if (!required && openId) {
            throw new InvalidFieldException(SETTING, mode, REQUIRED + " while quarkus.oidc.tenant-enabled is true");
        }
        return new SignIn(required, openId, ownerToken(config).map(TokenText::hash));
    }

    /** Whether nobody can ever sign in, unless tokens were stored before. */
    boolean dependsOnStoredTokens() {
        return required && !openId && ownerTokenHash.isEmpty();
    }

    static boolean isLoopback(String host) {
        try {
            return !host.isBlank() && InetAddress.getByName(host).isLoopbackAddress();
        } catch (UnknownHostException e) {
            // a name that says nothing may be anything
            return false;
        }
    }

    private static Optional<TokenText> ownerToken(SecurityConfig config) {
        if (config.ownerTokenFile().isPresent()) {
            if (config.ownerToken().isPresent()) {
                throw new InvalidFieldException(
                        "rtda.owner-token-file", "given beside it", "absent while rtda.owner-token is given");
            }
            return Optional.of(tokenOf(
                    "rtda.owner-token-file", read(config.ownerTokenFile().get())));
        }
        return config.ownerToken().map(text -> tokenOf("rtda.owner-token", text));
    }

    /** The text itself is never told. */
    private static TokenText tokenOf(String setting, String text) {
        return TokenText.of(text.strip())
                .orElseThrow(() -> new InvalidFieldException(
                        setting,
                        "a text of " + text.strip().length() + " characters in another form",
                        TokenText.PREFIX + " and 64 hexadecimal digits (infra/compose/make-secrets.sh writes one)"));
    }

    private static String read(String file) {
        try {
            return Files.readString(Path.of(file));
        } catch (IOException e) {
            throw new InvalidFieldException("rtda.owner-token-file", file, "a file that the gateway can read");
        }
    }
}
