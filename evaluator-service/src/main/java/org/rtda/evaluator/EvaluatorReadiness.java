package org.rtda.evaluator;

import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Readiness;
import org.rtda.evaluator.lifecycle.PublishedMetrics;

/** Up when it is known what was answered before, and attackers' answers are listened to. */
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
