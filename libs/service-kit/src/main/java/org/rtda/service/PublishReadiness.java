package org.rtda.service;

import java.util.Map;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.HealthCheckResponseBuilder;
import org.eclipse.microprofile.health.Readiness;
import org.rtda.messaging.PublishWatch;

/** Readiness: down while the broker answers and does not take a record of this service; says of which topic, and why. */
@Readiness
class PublishReadiness implements HealthCheck {
    private final PublishWatch records;

    PublishReadiness(PublishWatch records) {
        this.records = records;
    }

    @Override
    public HealthCheckResponse call() {
        Map<String, String> causes = records.causes();
        HealthCheckResponseBuilder response = HealthCheckResponse.named("broker takes records")
                .status(causes.isEmpty())
                .withData("waiting-for-seconds", records.longest().toSeconds());
        causes.forEach(response::withData);
        return response.build();
    }
}
