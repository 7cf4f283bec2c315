package org.rtda.gateway.security;

import io.quarkus.security.AuthenticationFailedException;
import io.quarkus.security.identity.IdentityProviderManager;
import io.quarkus.security.identity.SecurityIdentity;
import io.quarkus.security.identity.request.AuthenticationRequest;
import io.quarkus.vertx.http.runtime.security.ChallengeData;
import io.quarkus.vertx.http.runtime.security.HttpAuthenticationMechanism;
import io.quarkus.vertx.http.runtime.security.HttpSecurityUtils;
import io.smallrye.mutiny.Uni;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.ws.rs.core.HttpHeaders;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.rtda.contracts.AuditEntry.Credential;

/**
 * Takes service tokens: {@code Authorization: Bearer rtda_...}, or as the password of a browser's own dialog, whose user name says nothing.
 * Other credentials are left to OpenID Connect. While sign-in is off everybody is an owner.
 */
@ApplicationScoped
class TokenMechanism implements HttpAuthenticationMechanism {
    private static final SecurityIdentity EVERYBODY =
            TokenIdentityProvider.identity("everybody", AccessRole.OWNER, Credential.NONE);
    private static final String BEARER = "Bearer realm=\"rtda\"";
    private static final String DIALOG = "Basic realm=\"rtda: any user name, a token as password\", charset=\"UTF-8\"";

    private final SignIn signIn;

    TokenMechanism(SignIn signIn) {
        this.signIn = signIn;
    }

    @Override
    public Uni<SecurityIdentity> authenticate(RoutingContext context, IdentityProviderManager identities) {
        if (!signIn.required()) {
            return Uni.createFrom().item(EVERYBODY);
        }
        Optional<String> credential = TokenText.credential(context.request().getHeader(HttpHeaders.AUTHORIZATION));
        if (credential.isEmpty()) {
            return Uni.createFrom().nullItem();
        }
        // from here on the request is ours: OpenID Connect has nothing to say about it, not even how to sign in
        context.put(HttpAuthenticationMechanism.class.getName(), this);
        return TokenText.of(credential.get())
                .map(token -> identities.authenticate(
                        HttpSecurityUtils.setRoutingContextAttribute(new ServiceTokenRequest(token), context)))
                .orElseGet(() -> Uni.createFrom().failure(new AuthenticationFailedException()));
    }

    /** The refusal, whole; a person's browser is sent to the OpenID provider where there is one. */
    @Override
    public Uni<Boolean> sendChallenge(RoutingContext context) {
        if (leavesToOpenId(context)) {
            return Uni.createFrom().item(false);
        }
        List<String> ways = new ArrayList<>(List.of(BEARER));
        if (isNavigation(context.request())) {
            ways.add(DIALOG);
        }
        context.response().putHeader(HttpHeaders.WWW_AUTHENTICATE, ways);
        Refusals.send(context, Refusals.unauthorized(context.request().getHeader(HttpHeaders.AUTHORIZATION) != null));
        return Uni.createFrom().item(true);
    }

    @Override
    public Uni<ChallengeData> getChallenge(RoutingContext context) {
        return leavesToOpenId(context)
                ? Uni.createFrom().nullItem()
                : Uni.createFrom().item(new ChallengeData(401, HttpHeaders.WWW_AUTHENTICATE, BEARER));
    }

    private boolean leavesToOpenId(RoutingContext context) {
        return signIn.openId()
                && isNavigation(context.request())
                && context.request().getHeader(HttpHeaders.AUTHORIZATION) == null;
    }

    /** Whether a browser opens a page, so that a person is there to answer; scripts and programs get the refusal alone. */
    private static boolean isNavigation(HttpServerRequest request) {
        String mode = request.getHeader("Sec-Fetch-Mode");
        String accept = request.getHeader(HttpHeaders.ACCEPT);
        return mode == null ? accept != null && accept.contains("text/html") : mode.equals("navigate");
    }

    @Override
    public Set<Class<? extends AuthenticationRequest>> getCredentialTypes() {
        return Set.of(ServiceTokenRequest.class);
    }

    /** Before OpenID Connect (1001), which would take any bearer token for its own. */
    @Override
    public int getPriority() {
        return 2 * DEFAULT_PRIORITY;
    }
}
