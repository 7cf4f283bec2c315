package org.rtda.gateway.security;

import io.quarkus.security.identity.SecurityIdentity;
import io.quarkus.vertx.http.runtime.filters.Filters;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.net.SocketAddress;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicBoolean;
import org.rtda.contracts.AuditEntry;
import org.rtda.contracts.AuditEntry.Outcome;
import org.rtda.contracts.check.Event;

/** Writes every request that may change something to the audit log, whoever sends it and whatever its outcome is. */
@ApplicationScoped
class AuditFilter {
    /** Above {@link RequestFilter}: what it refuses is written down, too. */
    private static final int PRIORITY = 2000;

    private static final int LONGEST_PATH = 500;

    private final AuditLog log;

    AuditFilter(AuditLog log) {
        this.log = log;
    }

    void register(@Observes Filters filters) {
        filters.register(this::watch, PRIORITY);
    }

    private void watch(RoutingContext context) {
        if (RequestGuard.mayChangeSomething(context.request().method().name())) {
            Instant begun = Instant.now();
            long start = System.nanoTime();
            // a connection that breaks may tell of its end more than once
            AtomicBoolean written = new AtomicBoolean();
            context.addEndHandler(end -> {
                if (written.compareAndSet(false, true)) {
                    log.record(entry(context, end.succeeded(), begun, Duration.ofNanos(System.nanoTime() - start)));
                }
            });
        }
        context.next();
    }

    private static AuditEntry entry(RoutingContext context, boolean answered, Instant begun, Duration took) {
        Optional<SecurityIdentity> identity = Callers.identityOf(context);
        int status = context.response().getStatusCode();
        SocketAddress from = context.request().remoteAddress();
        return new AuditEntry(
                UUID.randomUUID().toString(),
                begun,
                Event.SCHEMA_VERSION,
                identity.map(known -> known.getPrincipal().getName()).orElse(null),
                identity.map(known -> AccessRole.strongest(known.getRoles())).orElse(null),
                identity.map(Callers::credentialOf).orElse(null),
                context.request().method().name(),
                shown(context.request().path()),
                from == null ? "unknown" : from.hostAddress() == null ? from.toString() : from.hostAddress(),
                answered ? status : null,
                answered ? outcome(status) : Outcome.BROKEN_OFF,
                took.toMillis(),
                answered ? created(context, status) : null);
    }

    /** What a resource has told of, else the path to which the answer leads. */
    private static String created(RoutingContext context, int status) {
        String told = Created.of(context);
        if (told != null) {
            return shown(told);
        }
        String location = context.response().headers().get(HttpHeaders.LOCATION);
        return status == 201 && location != null ? shown(URI.create(location).getRawPath()) : null;
    }

    static Outcome outcome(int status) {
        if (status < 400) {
            return Outcome.DONE;
        }
        return status < 500 ? Outcome.REFUSED : Outcome.FAILED;
    }

    /** On one line of bounded length, whatever a hostile client sends. */
    static String shown(String path) {
        String line = path == null || path.isBlank() ? "/" : path.replaceAll("[^\\x21-\\x7e]", "?");
        return line.length() > LONGEST_PATH ? line.substring(0, LONGEST_PATH) + "..." : line;
    }
}
