package org.rtda.evaluator;

import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Readiness;

/**
 * Readiness: up when the metrics and the commands that were published earlier have been read, and answers of attack
 * workers are listened to.
 */
@Readiness
class EvaluatorReadiness implements HealthCheck {
    private final FollowWorker follow;

    EvaluatorReadiness(FollowWorker follow) {
        this.follow = follow;
    }

    @Override
    public HealthCheckResponse call() {
        return HealthCheckResponse.named("evaluator takes tasks")
                .status(follow.caughtUp().isDone())
                .build();
    }
}
