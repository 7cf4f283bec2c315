package org.rtda.service;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.inject.Instance;
import jakarta.inject.Singleton;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.HealthCheckResponseBuilder;
import org.eclipse.microprofile.health.Readiness;

/** Readiness: down while the device of this worker is sick, and it takes no work. A service whose wiring gives no {@link DeviceHealth} has none, and is always up. */
@Readiness
@Singleton
class DeviceReadiness implements HealthCheck {
    private final Instance<DeviceHealth> device;

    DeviceReadiness(Instance<DeviceHealth> device) {
        this.device = device;
    }

    void measure(@Observes StartupEvent started, MeterRegistry meters) {
        if (device.isResolvable()) {
            Gauge.builder(
                            "rtda.device.sick",
                            device.get(),
                            health -> health.sickFor().toNanos() / 1e9)
                    .baseUnit("seconds")
                    .description("how long the device of this worker has not computed")
                    .register(meters);
        }
    }

    @Override
    public HealthCheckResponse call() {
        HealthCheckResponseBuilder response = HealthCheckResponse.named("device computes");
        if (!device.isResolvable()) {
            return response.up().build();
        }
        DeviceHealth health = device.get();
        health.reason().ifPresent(reason -> response.withData("reason", reason)
                .withData("work", "none is taken until the device computes")
                .withData("sick-for-seconds", health.sickFor().toSeconds()));
        return response.status(health.reason().isEmpty()).build();
    }
}
