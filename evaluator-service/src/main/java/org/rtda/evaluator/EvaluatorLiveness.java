package org.rtda.evaluator;

import java.time.Duration;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Liveness;
import org.rtda.service.WorkProgress;

/**
 * Liveness: down when tasks compute and none has made progress for too long. Those that wait for attack workers do not count.
 */
@Liveness
class EvaluatorLiveness implements HealthCheck {
    private final WorkProgress progress;
    private final EvaluatorConfig config;

    EvaluatorLiveness(WorkProgress progress, EvaluatorConfig config) {
        this.progress = progress;
        this.config = config;
    }

    @Override
    public HealthCheckResponse call() {
        Duration stalled = progress.stalledFor();
        return HealthCheckResponse.named("evaluation tasks move")
                .status(stalled.compareTo(config.evaluator().stallLimit()) <= 0)
                .withData("tasks-under-way", progress.tasksUnderWay())
                .withData("seconds-without-movement", stalled.toSeconds())
                .build();
    }
}
