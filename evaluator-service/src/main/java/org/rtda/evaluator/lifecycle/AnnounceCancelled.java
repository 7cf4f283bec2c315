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
    private final EvaluatorEvents events;
    private final Clock clock;
    private final Counter dropped;

    public AnnounceCancelled(PublishedMetrics published, EvaluatorEvents events, Clock clock, MeterRegistry meters) {
        this.published = published;
        this.events = events;
        this.clock = clock;
        this.dropped = Counter.builder("rtda.evaluator.conditions.dropped")
                .description("conditions not measured because their evaluation was cancelled")
                .register(meters);
    }

    /** Ends when the broker has the answers. One that it refuses for good is published by whoever owns the evaluation next. */
    public void announce(UnansweredEvaluation evaluation) {
        List<RobustnessMetric.Failed> answers = evaluation.cancelled(clock.instant()).stream()
                .filter(answer -> !published.contains(answer.id()))
                .toList();
        try {
            CompletableFuture.allOf(answers.stream()
                            .map(answer -> events.publish(answer).toCompletableFuture())
                            .toArray(CompletableFuture[]::new))
                    .join();
        } catch (RuntimeException e) {
            LOG.errorf(
                    e,
                    "The cancelled conditions of %s could not be announced",
                    evaluation.planned().evaluationId());
            return;
        }
        answers.forEach(published::add);
        dropped.increment(answers.size());
        LOG.infof(
                "Evaluation %s is cancelled: %d of %d conditions are not measured",
                evaluation.planned().evaluationId(),
                evaluation.conditions().size(),
                evaluation.planned().conditions().size());
    }
}
