package org.rtda.gateway.security;

import io.quarkus.security.identity.SecurityIdentity;
import io.quarkus.vertx.http.runtime.security.QuarkusHttpUser;
import io.vertx.ext.web.RoutingContext;
import jakarta.inject.Singleton;
import java.util.Optional;
import org.rtda.contracts.AuditEntry.Credential;

/** Who has sent a request. */
@Singleton
public final class Callers {
    private final SignIn signIn;

    Callers(SignIn signIn) {
        this.signIn = signIn;
    }

    /**
     * A text that no other caller has: a token and a person may have the same name. Empty where the request brought no credential that is
     * accepted, and while sign-in is off.
     */
    public Optional<String> nameOf(RoutingContext context) {
        return signIn.required() ? identityOf(context).map(Callers::distinctName) : Optional.empty();
    }

    private static String distinctName(SecurityIdentity identity) {
        String name = identity.getPrincipal().getName();
        return switch (credentialOf(identity)) {
            case TOKEN -> "token " + name;
            case OPENID -> "person " + name;
            case OWNER_TOKEN, NONE -> name;
        };
    }

    /** By what it is known who that is. */
    static Credential credentialOf(SecurityIdentity identity) {
        Credential ofTheGateway = identity.getAttribute(TokenIdentityProvider.CREDENTIAL);
        // what the gateway has not made itself is the OpenID provider's
        return ofTheGateway == null ? Credential.OPENID : ofTheGateway;
    }

    /** Whether requests of this method may change something; those of the others only read. */
    public static boolean mayChangeSomething(String method) {
        return RequestGuard.mayChangeSomething(method);
    }

    /** Empty where the request brought no credential that is accepted. */
    static Optional<SecurityIdentity> identityOf(RoutingContext context) {
        return Optional.ofNullable(context.user())
                .filter(QuarkusHttpUser.class::isInstance)
                .map(user -> ((QuarkusHttpUser) user).getSecurityIdentity())
                .filter(identity -> !identity.isAnonymous());
    }
}
