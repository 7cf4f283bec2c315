package org.rtda.gateway.view;

import java.util.ArrayList;
import java.util.List;
import org.rtda.contracts.ExperimentCommand;
import org.rtda.contracts.Figure;
import org.rtda.contracts.FigureNames;
import org.rtda.contracts.RobustnessMetric;
import org.rtda.contracts.Subset;
import org.rtda.contracts.result.ResultRow;
import org.rtda.contracts.settings.Condition;

/** What an evaluation measured, a row for each figure. */
public final class ResultRows {
    private ResultRows() {}

    /** Of a submitted experiment's final evaluation; empty before it. */
    public static List<ResultRow> of(ExperimentView view) {
        return view.finalEvaluation().map(evaluation -> of(view, evaluation)).orElse(List.of());
    }

    /** In the order of the evaluation's plan, with the gates of all evaluations of its checkpoint. */
    public static List<ResultRow> of(ExperimentView view, EvaluationView evaluation) {
        ExperimentCommand.Submit submit = view.submit().orElseThrow();
        CheckpointGates gates = CheckpointGates.of(view, evaluation);
        List<ResultRow> rows = new ArrayList<>();
        for (RobustnessMetric.Measured measured : evaluation.measured()) {
            List<String> failedGates = gates.failedBy(measured.condition());
            for (Figure figure : measured.values()) {
                rows.add(row(submit, evaluation, measured.condition(), figure, measured.subset(), failedGates));
            }
        }
        for (RobustnessMetric.Failed failed : evaluation.failed()) {
            rows.add(row(
                    submit,
                    evaluation,
                    failed.condition(),
                    Figure.undefined(FigureNames.ACCURACY, 0, "failed: " + failed.reason()),
                    null,
                    gates.failedBy(failed.condition())));
        }
        return List.copyOf(rows);
    }

    private static ResultRow row(
            ExperimentCommand.Submit submit,
            EvaluationView evaluation,
            Condition condition,
            Figure figure,
            Subset subset,
            List<String> failedGates) {
        return ResultRow.builder()
                .experiment(submit.experimentId())
                .dataset(submit.spec().dataset())
                .method(submit.spec().method())
                .seed(submit.spec().seed())
                .condition(condition.label())
                .metric(figure.metric())
                .value(figure.value())
                .low(figure.low())
                .high(figure.high())
                .n(figure.n())
                .note(figure.note())
                .evaluation(evaluation.id())
                .failedGates(failedGates)
                .healthyClassAssumed(figure.healthyClassAssumed())
                .constant(figure.constant())
                .constantAnswer(figure.constantAnswer())
                .subset(subset)
                .conditionDetails(condition)
                .suite(evaluation.suite())
                .evaluationName(evaluation.name())
                .effort(condition.attack() == null ? null : condition.attack().effort())
                .build();
    }
}
