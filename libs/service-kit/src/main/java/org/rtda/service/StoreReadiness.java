package org.rtda.service;

import java.time.Duration;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.HealthCheckResponseBuilder;
import org.eclipse.microprofile.health.Readiness;
import org.rtda.store.StoreWatch;

/** Readiness: down while this service waits for the store, and takes no work. */
@Readiness
class StoreReadiness implements HealthCheck {
    private final StoreWatch store;

    StoreReadiness(StoreWatch store) {
        this.store = store;
    }

    @Override
    public HealthCheckResponse call() {
        Duration away = store.awayFor();
        HealthCheckResponseBuilder response = HealthCheckResponse.named("store answers")
                .status(away.isZero())
                .withData("waiting-for-seconds", away.toSeconds());
        store.reason().ifPresent(reason -> response.withData("reason", reason)
                .withData("work", "none is taken until the store answers"));
        return response.build();
    }
}
