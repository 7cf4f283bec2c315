package org.rtda.service;

import java.time.Duration;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Readiness;
import org.rtda.messaging.BrokerWatch;

/** Readiness: down while this service waits for the broker. */
@Readiness
class BrokerReadiness implements HealthCheck {
    private final BrokerWatch broker;

    BrokerReadiness(BrokerWatch broker) {
        this.broker = broker;
    }

    @Override
    public HealthCheckResponse call() {
        Duration away = broker.awayFor();
        return HealthCheckResponse.named("broker answers")
                .status(away.isZero())
                .withData("waiting-for-seconds", away.toSeconds())
                .build();
    }
}
