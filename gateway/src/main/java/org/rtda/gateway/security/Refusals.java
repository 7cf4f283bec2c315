package org.rtda.gateway.security;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.ext.web.RoutingContext;
import org.rtda.contracts.EventCodec;
import org.rtda.gateway.problem.Problem;

/** Makes the problem documents of requests that are refused before they reach a resource. */
public final class Refusals {
    private static final String HOW =
            "send a service token as \"Authorization: Bearer rtda_...\" (the command line and the Python"
                    + " client take it from RTDA_TOKEN; a browser asks for it as password, with any user name); an owner makes one with"
                    + " \"rtda token create NAME --role viewer\"";

    private Refusals() {}

    /** @param credentialGiven whether the request says who sends it */
    static Problem unauthorized(boolean credentialGiven) {
        return Problem.of(
                401,
                (credentialGiven
                                ? "the token is not accepted: it is unknown, revoked or expired; "
                                : "sign-in is required; ")
                        + HOW);
    }

    static Problem forbidden(String name, String role, String method, String path) {
        return Problem.of(
                403,
                name + " has the role " + role + ", which may not " + method + " " + path
                        + ": a viewer reads, an operator also submits, evaluates, cancels and imports, an owner also deletes, rebuilds and"
                        + " makes tokens; ask an owner for a token of the role that it takes");
    }

    /** Ends the response. */
    public static void send(RoutingContext context, Problem problem) {
        if (!context.request().isEnded()) {
            // a body that nobody reads would hold up the connection's next request
            context.request().resume();
        }
        context.response()
                .setStatusCode(problem.status())
                .putHeader(HttpHeaders.CONTENT_TYPE, Problem.MEDIA_TYPE)
                .putHeader(HttpHeaders.CACHE_CONTROL, "no-store")
                .end(Buffer.buffer(EventCodec.write(problem)));
    }
}
