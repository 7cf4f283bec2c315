package org.rtda.gateway.security;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.util.List;
import java.util.Optional;

/** The settings of sign-in. OpenID Connect has Quarkus' own ({@code quarkus.oidc}). */
@ConfigMapping(prefix = "rtda")
public interface SecurityConfig {
    /** Text of a token that is an owner's without being stored: with it the first stored tokens are made. */
    Optional<String> ownerToken();

    /** A file with that text, instead; read when the gateway starts. */
    Optional<String> ownerTokenFile();

    Security security();

    /** Who is let in. */
    interface Security {
        /** {@code required}, or {@code off}: whoever reaches the gateway is an owner. */
        @WithDefault("off")
        String signIn();

        /** Names under which the gateway is reached, besides {@code localhost}, IP addresses and the name that it is bound to. */
        Optional<List<String>> hosts();
    }
}
