package org.rtda.cli.benchmark.result;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.rtda.cli.rest.Experiment;
import org.rtda.cli.rest.GatewayClient;
import org.rtda.contracts.RobustnessMetric;
import org.rtda.contracts.TrainingMetric;
import org.rtda.contracts.result.ResultRow;

/** Reads from the gateway the results of a finished experiment that a comparison needs. */
public final class CellResults {
    private CellResults() {}

    public static CellResult of(GatewayClient gateway, Experiment experiment) {
        List<ResultRow> rows = gateway.results().of(experiment.id());
        Map<String, CellResult.Outcomes> outcomes = new LinkedHashMap<>();
        for (ResultRow row : rows) {
            if (row.value() != null && !outcomes.containsKey(row.condition())) {
                gateway.results()
                        .predictions(experiment.id(), row.condition())
                        .ifPresent(predictions -> outcomes.put(row.condition(), CellResult.Outcomes.of(predictions)));
            }
        }
        return new CellResult(
                experiment.id(),
                experiment.status().device(),
                experiment.status().objective(),
                training(
                        gateway.results().training(experiment.id()),
                        experiment.status().totalSteps()),
                rows,
                outcomes,
                failedGates(gateway.results().messages(experiment.id())));
    }

    private static List<CellResult.FailedGate> failedGates(List<RobustnessMetric> messages) {
        return messages.stream()
                .filter(RobustnessMetric.Gate.class::isInstance)
                .map(RobustnessMetric.Gate.class::cast)
                .filter(gate -> gate.last() && gate.outcome() == RobustnessMetric.Gate.Outcome.FAILED)
                .map(gate -> new CellResult.FailedGate(gate.gate(), gate.concerns(), gate.finding()))
                .distinct()
                .toList();
    }

    private static CellResult.Training training(List<TrainingMetric> metrics, long steps) {
        double scale = metrics.isEmpty() ? 0 : steps / 1000.0 / metrics.size();
        return new CellResult.Training(
                steps,
                scale * metrics.stream().mapToDouble(TrainingMetric::stepMillis).sum(),
                scale * metrics.stream().mapToDouble(TrainingMetric::waitMillis).sum(),
                TrainingCurve.of(metrics),
                metrics.isEmpty()
                        ? null
                        : (int) metrics.stream()
                                        .mapToLong(TrainingMetric::attempt)
                                        .distinct()
                                        .count()
                                - 1);
    }
}
