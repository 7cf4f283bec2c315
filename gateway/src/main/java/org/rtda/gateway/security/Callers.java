package org.rtda.gateway.security;

import io.quarkus.security.identity.SecurityIdentity;
import io.quarkus.vertx.http.runtime.security.QuarkusHttpUser;
import io.vertx.ext.web.RoutingContext;
import jakarta.inject.Singleton;
import java.util.Optional;

/** Who has sent a request. */
@Singleton
public final class Callers {
    private final SignIn signIn;

    Callers(SignIn signIn) {
        this.signIn = signIn;
    }

    /** Empty where the request brought no credential that is accepted, and while sign-in is off. */
    public Optional<String> nameOf(RoutingContext context) {
        return signIn.required()
                ? identityOf(context).map(identity -> identity.getPrincipal().getName())
                : Optional.empty();
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
