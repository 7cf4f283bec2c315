package org.rtda.cli.benchmark.result;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import org.rtda.core.comparison.MeanOverSeeds;
import org.rtda.core.metrics.Estimate;

/**
 * A method's figure over its seeds.
 *
 * @param column a condition, or the mean over several
 * @param value the mean over seeds; null where no seed has it
 * @param low lower end of the 95% interval
 * @param interval {@code seeds}: Student's, over seeds; {@code images}: over test images, the mean of the runs' own, where
 *     there is one seed or all seeds have the same figure ({@link MeanOverSeeds})
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
        List<Estimate> ofRuns = runs.stream()
                .filter(run -> column.value(run.result(), metric).isPresent())
                .map(run -> column.overImages(run.result(), metric))
                .toList();
        return MeanOverSeeds.of(ofRuns)
                .map(mean -> new Summary(
                        dataset,
                        trainingEpsilon,
                        method,
                        column.name(),
                        metric,
                        mean.value(),
                        mean.low(),
                        mean.high(),
                        mean.interval().name().toLowerCase(Locale.ROOT),
                        mean.deviation(),
                        mean.seeds()))
                .orElseGet(() -> new Summary(
                        dataset, trainingEpsilon, method, column.name(), metric, null, null, null, null, null, 0));
    }
}
