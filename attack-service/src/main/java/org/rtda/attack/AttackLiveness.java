package org.rtda.attack;

import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.HealthCheckResponseBuilder;
import org.eclipse.microprofile.health.Liveness;
import org.rtda.service.ProgressLiveness;
import org.rtda.service.WorkProgress;

/** Down when a request is under way and nothing has moved for longer than reading its inputs explains. */
@Liveness
class AttackLiveness implements HealthCheck {
    private final WorkProgress progress;
    private final AttackConfig config;

    AttackLiveness(WorkProgress progress, AttackConfig config) {
        this.progress = progress;
        this.config = config;
    }

    @Override
    public HealthCheckResponse call() {
        HealthCheckResponseBuilder response =
                new ProgressLiveness("attack requests move", progress, config.stallLimit()).judgement();
        if (config.simulatedDeviceMillisPerImage() > 0) {
            response.withData(
                    "simulated-device-millis-per-image", Double.toString(config.simulatedDeviceMillisPerImage()));
        }
        return response.build();
    }
}
