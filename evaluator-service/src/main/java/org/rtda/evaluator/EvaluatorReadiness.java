package org.rtda.evaluator;

import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Readiness;
import org.rtda.evaluator.lifecycle.PublishedMetrics;

/**
 * Readiness: up when the figures that were published earlier have been read, and the consumer of attack workers'
 * answers is running.
 */
@Readiness
class EvaluatorReadiness implements HealthCheck {
    private final PublishedMetrics published;
    private final AnswerPositions answers;

    EvaluatorReadiness(PublishedMetrics published, AnswerPositions answers) {
        this.published = published;
        this.answers = answers;
    }

    @Override
    public HealthCheckResponse call() {
        boolean caughtUp = published.caughtUp().toCompletableFuture().isDone();
        boolean listening = answers.listening().toCompletableFuture().isDone();
        return HealthCheckResponse.named("evaluator takes tasks")
                .status(caughtUp && listening)
                .withData("published-metrics-known", caughtUp)
                .withData("answers-listened-to", listening)
                .build();
    }
}
