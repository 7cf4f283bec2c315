package org.rtda.gateway.view;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.ArrayList;
import java.util.List;
import org.rtda.contracts.ExperimentCommand;
import org.rtda.contracts.FigureNames;
import org.rtda.contracts.RobustnessMetric;
import org.rtda.contracts.Subset;
import org.rtda.contracts.settings.Condition;

/**
 * One figure of an evaluation. A condition that could not be measured is a row without value whose note says why,
 * never a missing or a zero one.
 *
 * @param condition its label, for example {@code pgd-l2-10@0.505}: for people, and equal for equal conditions of a split; what the
 *     condition is stands in {@code conditionDetails}
 * @param value null when it is not defined
 * @param low lower end of the 95% interval
 * @param n images behind it
 * @param note why there is no value, or what to mind; null otherwise
 * @param evaluation its id, by which the evaluations of one checkpoint are kept apart
 * @param failedGates the rules for believable figures that this condition's do not keep; the value does not stand without
 *     them
 * @param healthyClassAssumed of a figure that depends on which class is healthy: whether nobody said so and class 0 was
 *     taken; null for every other figure, and in what earlier builds measured
 * @param constant what an answer that is the same for every image scores in this figure; null where there is no honest one
 * @param constantAnswer which answer that is, for example {@code always class benign}
 * @param subset of the split's images that the condition is about; null for all of them
 * @param conditionDetails the condition itself
 * @param suite of the evaluation; null while neither its plan nor its command has come
 * @param evaluationName what it was asked for by; null of the experiment's own evaluation
 */
@JsonInclude(JsonInclude.Include.ALWAYS)
public record ResultRow(
        String experiment,
        String dataset,
        String method,
        long seed,
        String condition,
        String metric,
        Double value,
        Double low,
        Double high,
        int n,
        String note,
        String evaluation,
        List<String> failedGates,
        Boolean healthyClassAssumed,
        Double constant,
        String constantAnswer,
        Subset subset,
        Condition conditionDetails,
        String suite,
        String evaluationName) {

    /** Of a submitted experiment's final evaluation; empty before it. */
    public static List<ResultRow> of(ExperimentView view) {
        return view.finalEvaluation()
                .map(evaluation -> of(view.submit().orElseThrow(), evaluation))
                .orElse(List.of());
    }

    /** In the order of the evaluation's plan. */
    public static List<ResultRow> of(ExperimentCommand.Submit submit, EvaluationView evaluation) {
        List<ResultRow> rows = new ArrayList<>();
        for (RobustnessMetric.Measured measured : evaluation.measured()) {
            for (RobustnessMetric.Figure figure : measured.values()) {
                rows.add(row(submit, evaluation, measured.condition(), figure, measured.subset()));
            }
        }
        for (RobustnessMetric.Failed failed : evaluation.failed()) {
            rows.add(row(
                    submit,
                    evaluation,
                    failed.condition(),
                    RobustnessMetric.Figure.undefined(FigureNames.ACCURACY, 0, "failed: " + failed.reason()),
                    null));
        }
        return List.copyOf(rows);
    }

    private static ResultRow row(
            ExperimentCommand.Submit submit,
            EvaluationView evaluation,
            Condition condition,
            RobustnessMetric.Figure figure,
            Subset subset) {
        return new ResultRow(
                submit.experimentId(),
                submit.spec().dataset(),
                submit.spec().method(),
                submit.spec().seed(),
                condition.label(),
                figure.metric(),
                figure.value(),
                figure.low(),
                figure.high(),
                figure.n(),
                figure.note(),
                evaluation.id(),
                evaluation.failedGates(condition),
                figure.healthyClassAssumed(),
                figure.constant(),
                figure.constantAnswer(),
                subset,
                condition,
                evaluation.suite(),
                evaluation.name());
    }
}
