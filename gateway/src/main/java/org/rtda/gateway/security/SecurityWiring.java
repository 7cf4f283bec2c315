package org.rtda.gateway.security;

import io.quarkus.vertx.http.runtime.filters.Filters;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.inject.Disposes;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jboss.logging.Logger;

/** Builds the classes of this package from the settings. */
@ApplicationScoped
class SecurityWiring {
    private static final Logger LOG = Logger.getLogger(SecurityWiring.class);

    /** Entries of the audit log, of some 300 bytes each. */
    private static final int MOST_WAITING = 10_000;

    /** Filters are asked for before the gateway listens: with settings that are not allowed it never does. */
    void start(@Observes Filters filters, SignIn signIn) {
        if (!signIn.required()) {
            LOG.info(
                    "sign-in is off: whoever can reach this address of this machine is an owner (RTDA_SECURITY_SIGN_IN=required)");
        } else if (signIn.dependsOnStoredTokens()) {
            LOG.warn("sign-in is required, and only tokens that are stored are accepted: without one of an owner's, set"
                    + " RTDA_OWNER_TOKEN_FILE or RTDA_OWNER_TOKEN (infra/compose/make-secrets.sh writes one)");
        }
    }

    @Produces
    @Singleton
    SignIn signIn(
            SecurityConfig config,
            @ConfigProperty(name = "quarkus.http.host") String boundTo,
            @ConfigProperty(name = "quarkus.oidc.tenant-enabled") boolean openId) {
        return SignIn.of(config, boundTo, openId);
    }

    @Produces
    @Singleton
    ServiceTokens serviceTokens(TokenStore store) {
        return new ServiceTokens(store, Clock.systemUTC());
    }

    @Produces
    @Singleton
    AuditLog auditLog(AuditConfig config, AuditSender topic) {
        AuditConfig.check(config);
        AuditConfig.Audit audit = config.audit();
        Optional<AuditFile> lines =
                audit.file().map(file -> new AuditFile(Path.of(file), audit.fileBytes(), audit.files()));
        lines.ifPresent(AuditFile::open);
        return new AuditLog(
                lines,
                topic,
                () -> new ThreadPoolExecutor(
                        1,
                        1,
                        0,
                        TimeUnit.SECONDS,
                        new ArrayBlockingQueue<>(MOST_WAITING),
                        work -> new Thread(work, "audit-log")));
    }

    void close(@Disposes AuditLog log) {
        log.close();
    }

    @Produces
    @Singleton
    RequestGuard requestGuard(
            SecurityConfig config,
            @ConfigProperty(name = "quarkus.http.host") String boundTo,
            @ConfigProperty(name = "quarkus.http.cors.origins") Optional<List<String>> origins) {
        List<String> names = new ArrayList<>(config.security().hosts().orElse(List.of()));
        names.add(boundTo);
        return new RequestGuard(names, origins.orElse(List.of()));
    }
}
