package org.rtda.evaluator.lifecycle;

import java.time.Instant;
import java.util.List;
import org.rtda.contracts.RobustnessMetric;
import org.rtda.contracts.settings.Condition;
import org.rtda.evaluator.context.EvaluationIds;
import org.rtda.evaluator.context.EvaluatorFailure;

/**
 * An evaluation that is planned and not complete.
 *
 * @param conditions those without an answer, in the plan's order; none where only its end has not been announced
 */
record UnansweredEvaluation(RobustnessMetric.Planned planned, List<Condition> conditions) {
    UnansweredEvaluation {
        conditions = List.copyOf(conditions);
    }

    /** With the condition of one task alone. */
    UnansweredEvaluation only(String taskId) {
        return new UnansweredEvaluation(
                planned,
                conditions.stream()
                        .filter(condition -> EvaluationIds.task(planned.evaluationId(), condition)
                                .equals(taskId))
                        .toList());
    }

    /** The answer to each of them: that it was cancelled. */
    List<RobustnessMetric.Failed> cancelled(Instant now) {
        return failed(now, EvaluatorFailure.CANCELLED.sentence(), true);
    }

    /** @param cancelled null where people have not ended the evaluation */
    List<RobustnessMetric.Failed> failed(Instant now, String reason, Boolean cancelled) {
        return conditions.stream()
                .map(condition -> RobustnessMetric.Failed.builder()
                        .id(EvaluationIds.result(planned.evaluationId(), condition))
                        .time(now)
                        .experimentId(planned.experimentId())
                        .evaluationId(planned.evaluationId())
                        .epoch(planned.epoch())
                        .last(planned.last())
                        .condition(condition)
                        .reason(reason)
                        .cancelled(cancelled)
                        .subject(
                                planned.subject() == null
                                        ? null
                                        : planned.subject().under(condition))
                        .build())
                .toList();
    }
}
