package org.rtda.evaluator.gates;

import java.time.Instant;
import java.util.List;
import org.rtda.contracts.RobustnessMetric;
import org.rtda.evaluator.context.EvaluationIds;

/**
 * An evaluation of which every condition has its answer.
 *
 * @param answers one a planned condition, in the plan's order: measured or failed
 */
public record EndedEvaluation(RobustnessMetric.Planned planned, List<RobustnessMetric> answers) {
    public EndedEvaluation {
        answers = List.copyOf(answers);
    }

    List<RobustnessMetric.Measured> measured() {
        return answers.stream()
                .filter(RobustnessMetric.Measured.class::isInstance)
                .map(RobustnessMetric.Measured.class::cast)
                .toList();
    }

    List<RobustnessMetric.Failed> failed() {
        return answers.stream()
                .filter(RobustnessMetric.Failed.class::isInstance)
                .map(RobustnessMetric.Failed.class::cast)
                .toList();
    }

    public RobustnessMetric.Completed completed(Instant now) {
        int cancelled = (int)
                failed().stream().filter(RobustnessMetric.Failed::wasCancelled).count();
        return RobustnessMetric.Completed.builder()
                .id(EvaluationIds.completed(planned.evaluationId()))
                .time(now)
                .experimentId(planned.experimentId())
                .evaluationId(planned.evaluationId())
                .epoch(planned.epoch())
                .last(planned.last())
                .measured(measured().size())
                .failed(failed().size())
                .cancelled(cancelled == 0 ? null : cancelled)
                .subject(planned.subject())
                .build();
    }

    public RobustnessMetric.Gate gate(String name, GateVerdict verdict, Instant now) {
        return RobustnessMetric.Gate.builder()
                .id(EvaluationIds.gate(planned.evaluationId(), name))
                .time(now)
                .experimentId(planned.experimentId())
                .evaluationId(planned.evaluationId())
                .epoch(planned.epoch())
                .last(planned.last())
                .gate(name)
                .outcome(verdict.outcome())
                .concerns(verdict.concerns())
                .finding(verdict.finding())
                .subject(planned.subject())
                .build();
    }
}
