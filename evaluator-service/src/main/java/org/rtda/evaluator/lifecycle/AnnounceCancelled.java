package org.rtda.evaluator.lifecycle;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Clock;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.jboss.logging.Logger;
import org.rtda.contracts.RobustnessMetric;
import org.rtda.evaluator.context.EvaluatorEvents;

/**
 * Publishes an answer with the reason "cancelled" for each condition of a cancelled evaluation that has none. These
 * answers come back over the topic like all others, and the last of them completes the evaluation: where a task's
 * figures were published a moment earlier, they count.
 */
public final class AnnounceCancelled {
    private static final Logger LOG = Logger.getLogger(AnnounceCancelled.class);

    private final PublishedMetrics published;
    private final CancelledEvaluations cancelled;
    private final EvaluatorEvents events;
    private final Clock clock;
    private final Counter dropped;

    public AnnounceCancelled(
            PublishedMetrics published,
            CancelledEvaluations cancelled,
            EvaluatorEvents events,
            Clock clock,
            MeterRegistry meters) {
        this.published = published;
        this.cancelled = cancelled;
        this.events = events;
        this.clock = clock;
        this.dropped = Counter.builder("rtda.evaluator.conditions.dropped")
                .description("conditions not measured because their evaluation was cancelled")
                .register(meters);
    }

    /**
     * Of every evaluation of the experiment that is planned and cancelled. Ends when the broker has the answers.
     *
     * @throws RuntimeException when the broker refuses one for good
     */
    public void ofExperiment(String experimentId) {
        published.openOf(experimentId).stream()
                .filter(evaluation ->
                        cancelled.contains(experimentId, evaluation.planned().evaluationId()))
                .forEach(this::announce);
    }

    private void announce(UnansweredEvaluation evaluation) {
        List<RobustnessMetric.Failed> answers = evaluation.cancelled(clock.instant());
        if (answers.isEmpty()) {
            return;
        }
        CompletableFuture.allOf(answers.stream()
                        .map(answer -> events.publish(answer).toCompletableFuture())
                        .toArray(CompletableFuture[]::new))
                .join();
        answers.forEach(published::add);
        dropped.increment(answers.size());
        LOG.infof(
                "Evaluation %s is cancelled: %d of %d conditions are not measured",
                evaluation.planned().evaluationId(),
                answers.size(),
                evaluation.planned().conditions().size());
    }
}
