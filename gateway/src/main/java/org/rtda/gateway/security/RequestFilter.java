package org.rtda.gateway.security;

import io.quarkus.vertx.http.ManagementInterface;
import io.quarkus.vertx.http.runtime.filters.Filters;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.util.List;
import org.rtda.gateway.problem.Problem;

/** Checks every request by {@link RequestGuard} before anything else reads it, at the management port, too. */
@ApplicationScoped
class RequestFilter {
    /** Above CORS (300) and authentication (200). */
    private static final int PRIORITY = 1000;

    private static final List<String> WATCHING = List.of("GET", "HEAD");

    private final RequestGuard guard;

    RequestFilter(RequestGuard guard) {
        this.guard = guard;
    }

    void register(@Observes Filters filters) {
        filters.register(this::check, PRIORITY);
    }

    /** Nobody signs in there, so nothing but reading is let through. */
    void registerManagement(@Observes ManagementInterface management) {
        management.router().route().order(Integer.MIN_VALUE).handler(context -> {
            String method = context.request().method().name();
            if (!WATCHING.contains(method)) {
                context.response().putHeader(HttpHeaders.ALLOW, String.join(", ", WATCHING));
                Refusals.send(
                        context,
                        Problem.of(405, "the management port does not take " + method + ": it takes GET and HEAD"));
            } else {
                check(context);
            }
        });
    }

    private void check(RoutingContext context) {
        HttpServerRequest request = context.request();
        Problem refusal = guard.refuse(new RequestGuard.Request(
                        request.method().name(),
                        request.path() == null ? "" : request.path(),
                        context.normalizedPath(),
                        request.authority() == null
                                ? request.getHeader("Host")
                                : request.authority().toString(),
                        request.headers().getAll("Host").size(),
                        request.getHeader("Origin"),
                        request.getHeader("Sec-Fetch-Site")))
                .orElse(null);
        if (refusal == null) {
            context.next();
        } else {
            Refusals.send(context, refusal);
        }
    }
}
