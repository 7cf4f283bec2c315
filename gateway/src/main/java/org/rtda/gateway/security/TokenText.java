package org.rtda.gateway.security;

import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;
import org.rtda.contracts.dataset.Sha256;

/**
 * A service token as its holder has it: {@code rtda_} and 256 random bits in hexadecimal digits. Secret: only its hash is kept. SHA-256
 * once is enough for that, since nobody can try 2^256 texts; a slow hash is for words that people choose.
 */
public final class TokenText {
    /** By which people and secret scanners recognise one. */
    public static final String PREFIX = "rtda_";

    private static final int RANDOM_BYTES = 32;
    private static final Pattern FORM = Pattern.compile(PREFIX + "[0-9a-f]{" + 2 * RANDOM_BYTES + "}");
    private static final SecureRandom RANDOM = new SecureRandom();
    private static final String BEARER = "bearer ";
    private static final String BASIC = "basic ";

    private final String text;

    private TokenText(String text) {
        this.text = text;
    }

    static TokenText random() {
        byte[] drawn = new byte[RANDOM_BYTES];
        RANDOM.nextBytes(drawn);
        return new TokenText(PREFIX + HexFormat.of().formatHex(drawn));
    }

    /** @return empty when the text has another form than a token's */
    static Optional<TokenText> of(String text) {
        return FORM.matcher(text).matches() ? Optional.of(new TokenText(text)) : Optional.empty();
    }

    /**
     * The credential that a request brings, whatever it looks like: a bearer token, or the password of a browser's own dialog, whose user
     * name says nothing.
     *
     * @param authorization the header; null where the request has none
     * @return empty when there is none that could be meant as a service token
     */
    static Optional<String> credential(String authorization) {
        if (authorization == null) {
            return Optional.empty();
        }
        String scheme = authorization.toLowerCase(Locale.ROOT);
        if (scheme.startsWith(BEARER)) {
            return Optional.of(authorization.substring(BEARER.length()).strip())
                    .filter(bearer -> bearer.startsWith(PREFIX));
        }
        return scheme.startsWith(BASIC)
                ? Optional.of(password(authorization.substring(BASIC.length()).strip()))
                : Optional.empty();
    }

    /** @return empty text where it is none */
    private static String password(String userAndPassword) {
        try {
            String decoded = new String(Base64.getDecoder().decode(userAndPassword), StandardCharsets.UTF_8);
            return decoded.substring(decoded.indexOf(':') + 1);
        } catch (IllegalArgumentException notBase64) {
            return "";
        }
    }

    /** What is kept of it: SHA-256, hexadecimal. */
    String hash() {
        return Sha256.hex(text.getBytes(StandardCharsets.US_ASCII));
    }

    /** For its holder, once. */
    public String reveal() {
        return text;
    }

    /** Without the secret. */
    @Override
    public String toString() {
        return PREFIX + "...";
    }
}
