package org.rtda.gateway.security;

import io.quarkus.security.AuthenticationFailedException;
import io.quarkus.security.ForbiddenException;
import io.quarkus.security.identity.SecurityIdentity;
import io.quarkus.vertx.http.runtime.security.QuarkusHttpUser;
import io.vertx.core.http.HttpHeaders;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import org.jboss.logging.Logger;
import org.rtda.gateway.problem.ProblemException;

/** Answers requests that Quarkus' security has refused, or could not decide, with problem documents. */
@ApplicationScoped
class RefusalRoute {
    private static final Logger LOG = Logger.getLogger(RefusalRoute.class);

    void register(@Observes Router router) {
        router.route().failureHandler(this::refuse);
    }

    private void refuse(RoutingContext context) {
        Throwable failure = context.failure();
        if (context.response().headWritten()) {
            context.next();
        } else if (failure instanceof ForbiddenException) {
            SecurityIdentity identity = ((QuarkusHttpUser) context.user()).getSecurityIdentity();
            Refusals.send(
                    context,
                    Refusals.forbidden(
                            identity.getPrincipal().getName(),
                            AccessRole.strongest(identity.getRoles()),
                            context.request().method().name(),
                            context.normalizedPath()));
        } else if (failure instanceof AuthenticationFailedException) {
            // a token of the OpenID provider: how to sign in is in the headers already
            Refusals.send(context, Refusals.unauthorized(true));
        } else if (failure instanceof ProblemException databaseAway) {
            LOG.warn(databaseAway.getMessage());
            if (databaseAway.retryAfter() != null) {
                context.response()
                        .putHeader(
                                HttpHeaders.RETRY_AFTER,
                                Long.toString(databaseAway.retryAfter().toSeconds()));
            }
            Refusals.send(context, databaseAway.problem());
        } else {
            context.next();
        }
    }
}
