package org.rtda.evaluator.lifecycle;

import org.rtda.contracts.EvaluationTask;

/**
 * Tells of a task that is being measured whether somebody still waits for it. Nobody does once its evaluation is cancelled, or once another
 * evaluator has answered it, after its lock had run out here. Safe for use by several threads.
 */
public final class WantedTasks {
    private final PublishedMetrics published;
    private final CancelledEvaluations cancelled;

    public WantedTasks(PublishedMetrics published, CancelledEvaluations cancelled) {
        this.published = published;
        this.cancelled = cancelled;
    }

    /** @throws UnwantedTaskException where nobody waits for the task */
    public void require(EvaluationTask task) {
        if (cancelled.contains(task.experimentId(), task.evaluationId())
                || published.isAnswered(task.evaluationId(), task.condition())) {
            throw new UnwantedTaskException(task);
        }
    }
}
