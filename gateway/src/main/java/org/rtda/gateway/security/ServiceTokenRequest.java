package org.rtda.gateway.security;

import io.quarkus.security.identity.request.AuthenticationRequest;
import io.quarkus.security.identity.request.BaseAuthenticationRequest;

/** What {@link TokenMechanism} asks {@link TokenIdentityProvider}: whose token is this? */
final class ServiceTokenRequest extends BaseAuthenticationRequest implements AuthenticationRequest {
    private final TokenText token;

    ServiceTokenRequest(TokenText token) {
        this.token = token;
    }

    TokenText token() {
        return token;
    }
}
