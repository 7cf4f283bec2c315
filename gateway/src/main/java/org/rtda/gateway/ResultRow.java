package org.rtda.gateway;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.ArrayList;
import java.util.List;
import org.rtda.contracts.ExperimentCommand;
import org.rtda.contracts.RobustnessMetric;

/**
 * One figure of a final evaluation. A condition that could not be measured is a row without value whose note says why,
 * never a missing or a zero one.
 *
 * @param condition its label, for example {@code pgd-l2-10@0.505}
 * @param value null when it is not defined
 * @param low lower end of the 95% interval
 * @param n images behind it
 * @param note why there is no value, or what to mind; null otherwise
 */
@JsonInclude(JsonInclude.Include.ALWAYS)
record ResultRow(
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
        String note) {

    /** Of a submitted experiment, in the order of the evaluation's plan; empty before its final evaluation. */
    static List<ResultRow> of(ExperimentView view) {
        ExperimentCommand.Submit submit = view.submit().orElseThrow();
        List<ResultRow> rows = new ArrayList<>();
        view.finalEvaluation().ifPresent(evaluation -> {
            for (RobustnessMetric.Measured measured : evaluation.measured()) {
                for (RobustnessMetric.Figure figure : measured.values()) {
                    rows.add(row(submit, measured.condition().label(), figure));
                }
            }
            for (RobustnessMetric.Failed failed : evaluation.failed()) {
                rows.add(row(
                        submit,
                        failed.condition().label(),
                        new RobustnessMetric.Figure("accuracy", null, null, null, 0, "failed: " + failed.reason())));
            }
        });
        return List.copyOf(rows);
    }

    private static ResultRow row(ExperimentCommand.Submit submit, String condition, RobustnessMetric.Figure figure) {
        return new ResultRow(
                submit.experimentId(),
                submit.spec().dataset(),
                submit.spec().method(),
                submit.spec().seed(),
                condition,
                figure.metric(),
                figure.value(),
                figure.low(),
                figure.high(),
                figure.n(),
                figure.note());
    }
}
