package org.rtda.cli.benchmark.result;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import org.rtda.core.metrics.Estimate;
import org.rtda.core.metrics.SampleMean;

/**
 * A method's figure over its seeds.
 *
 * @param column a condition, or the mean over several
 * @param value the mean over seeds; null where no seed has it
 * @param low lower end of the 95% interval
 * @param interval {@code seeds}: Student's, over seeds; {@code images}: over test images, the mean of the runs' own, where
 *     there is one seed or all seeds have the same figure: Student's has no width there
 * @param deviation over seeds; null for fewer than two
 */
@JsonInclude(JsonInclude.Include.ALWAYS)
public record Summary(
        String dataset,
        double trainingEpsilon,
        String method,
        String column,
        String metric,
        Double value,
        Double low,
        Double high,
        String interval,
        Double deviation,
        int seeds) {

    /** For each method of the runs and each column. */
    public static List<Summary> of(
            String dataset, double trainingEpsilon, List<Run> runs, List<Column> columns, String metric) {
        List<Summary> summaries = new ArrayList<>();
        for (String method : new LinkedHashSet<>(
                runs.stream().map(run -> run.cell().method()).toList())) {
            List<Run> ofMethod = runs.stream()
                    .filter(run -> run.cell().method().equals(method))
                    .toList();
            for (Column column : columns) {
                summaries.add(of(dataset, trainingEpsilon, method, ofMethod, column, metric));
            }
        }
        return summaries;
    }

    private static Summary of(
            String dataset, double trainingEpsilon, String method, List<Run> runs, Column column, String metric) {
        List<Run> measured = runs.stream()
                .filter(run -> column.value(run.result(), metric).isPresent())
                .toList();
        double[] values = measured.stream()
                .map(run -> column.value(run.result(), metric))
                .mapToDouble(OptionalDouble::getAsDouble)
                .toArray();
        if (values.length == 0) {
            return new Summary(
                    dataset, trainingEpsilon, method, column.name(), metric, null, null, null, null, null, 0);
        }
        Optional<SampleMean> overSeeds = SampleMean.of(values);
        Double deviation = overSeeds.map(SampleMean::deviation).orElse(null);
        if (overSeeds.isPresent() && overSeeds.get().showsSpread()) {
            SampleMean mean = overSeeds.get();
            return new Summary(
                    dataset,
                    trainingEpsilon,
                    method,
                    column.name(),
                    metric,
                    mean.mean(),
                    mean.low(),
                    mean.high(),
                    "seeds",
                    deviation,
                    values.length);
        }
        List<Estimate> ofRuns = measured.stream()
                .map(run -> column.overImages(run.result(), metric))
                .toList();
        return new Summary(
                dataset,
                trainingEpsilon,
                method,
                column.name(),
                metric,
                values[0],
                ofRuns.stream().mapToDouble(Estimate::low).average().orElseThrow(),
                ofRuns.stream().mapToDouble(Estimate::high).average().orElseThrow(),
                "images",
                deviation,
                values.length);
    }
}
