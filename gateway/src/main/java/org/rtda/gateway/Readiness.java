package org.rtda.gateway;

import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.rtda.gateway.database.Database;
import org.rtda.gateway.problem.ProblemException;
import org.rtda.gateway.projection.ViewCatchUp;
import org.rtda.gateway.work.Workers;
import org.rtda.store.StoreWatch;

/** Readiness: up when the topics have been read and the broker answers. */
final class Readiness {
    private Readiness() {}

    private static HealthCheckResponse down(String name, ProblemException problem) {
        return HealthCheckResponse.named(name)
                .down()
                .withData("reason", problem.getMessage())
                .build();
    }

    /** Up once all that was in the topics at the start is in the database. */
    @org.eclipse.microprofile.health.Readiness
    @ApplicationScoped
    static class ViewCheck implements HealthCheck {
        private final ViewCatchUp catchUp;

        ViewCheck(ViewCatchUp catchUp) {
            this.catchUp = catchUp;
        }

        @Override
        public HealthCheckResponse call() {
            try {
                int left = catchUp.partitionsLeft();
                return HealthCheckResponse.named("view")
                        .status(left == 0)
                        .withData("partitionsLeft", left)
                        .build();
            } catch (ProblemException e) {
                return down("view", e);
            }
        }
    }

    /** Up while the database answers. */
    @org.eclipse.microprofile.health.Readiness
    @ApplicationScoped
    static class DatabaseCheck implements HealthCheck {
        private final Database database;

        DatabaseCheck(Database database) {
            this.database = database;
        }

        @Override
        public HealthCheckResponse call() {
            try {
                database.requireAnswer();
                return HealthCheckResponse.up("database");
            } catch (ProblemException e) {
                return down("database", e);
            }
        }
    }

    /** Up while the broker answers. */
    @org.eclipse.microprofile.health.Readiness
    @ApplicationScoped
    static class BrokerCheck implements HealthCheck {
        /** Shorter than the timeout of those who probe. */
        private static final Duration PATIENCE = Duration.ofSeconds(3);

        private final Workers workers;

        BrokerCheck(Workers workers) {
            this.workers = workers;
        }

        @Override
        public HealthCheckResponse call() {
            try {
                return HealthCheckResponse.named("broker")
                        .up()
                        .withData("brokers", workers.brokers(PATIENCE))
                        .build();
            } catch (ProblemException e) {
                return down("broker", e);
            }
        }
    }

    /** Up while the store answers. A store that is silent must not hold up those who probe, so this makes no call of its own. */
    @org.eclipse.microprofile.health.Readiness
    @ApplicationScoped
    static class StoreCheck implements HealthCheck {
        private final StoreWatch store;

        StoreCheck(StoreWatch store) {
            this.store = store;
        }

        @Override
        public HealthCheckResponse call() {
            return store.reason()
                    .map(reason -> HealthCheckResponse.named("store")
                            .down()
                            .withData("reason", reason)
                            .withData("waiting-for-seconds", store.awayFor().toSeconds())
                            .build())
                    .orElseGet(() -> HealthCheckResponse.up("store"));
        }
    }
}
