package org.rtda.cli.benchmark.result;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
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
        Builder summary = builder()
                .dataset(dataset)
                .trainingEpsilon(trainingEpsilon)
                .method(method)
                .column(column.name())
                .metric(metric)
                .seeds(values.length);
        if (values.length == 0) {
            return summary.build();
        }
        Optional<SampleMean> overSeeds = SampleMean.of(values);
        summary.deviation(overSeeds.map(SampleMean::deviation).orElse(null));
        if (overSeeds.isPresent() && overSeeds.get().showsSpread()) {
            SampleMean mean = overSeeds.get();
            return summary.value(mean.mean())
                    .low(mean.low())
                    .high(mean.high())
                    .interval("seeds")
                    .build();
        }
        List<Estimate> ofRuns = measured.stream()
                .map(run -> column.overImages(run.result(), metric))
                .toList();
        return summary.value(values[0])
                .low(ofRuns.stream().mapToDouble(Estimate::low).average().orElseThrow())
                .high(ofRuns.stream().mapToDouble(Estimate::high).average().orElseThrow())
                .interval("images")
                .build();
    }

    public static Builder builder() {
        return new Builder();
    }

    /** Sets components by name; one that is not set is null. */
    public static final class Builder {
        private String dataset;
        private Double trainingEpsilon;
        private String method;
        private String column;
        private String metric;
        private Double value;
        private Double low;
        private Double high;
        private String interval;
        private Double deviation;
        private Integer seeds;

        private Builder() {}

        public Builder dataset(String dataset) {
            this.dataset = dataset;
            return this;
        }

        public Builder trainingEpsilon(double trainingEpsilon) {
            this.trainingEpsilon = trainingEpsilon;
            return this;
        }

        public Builder method(String method) {
            this.method = method;
            return this;
        }

        public Builder column(String column) {
            this.column = column;
            return this;
        }

        public Builder metric(String metric) {
            this.metric = metric;
            return this;
        }

        public Builder value(Double value) {
            this.value = value;
            return this;
        }

        public Builder low(Double low) {
            this.low = low;
            return this;
        }

        public Builder high(Double high) {
            this.high = high;
            return this;
        }

        public Builder interval(String interval) {
            this.interval = interval;
            return this;
        }

        public Builder deviation(Double deviation) {
            this.deviation = deviation;
            return this;
        }

        public Builder seeds(int seeds) {
            this.seeds = seeds;
            return this;
        }

        public Summary build() {
            return new Summary(
                    dataset,
                    Objects.requireNonNull(trainingEpsilon, "trainingEpsilon"),
                    method,
                    column,
                    metric,
                    value,
                    low,
                    high,
                    interval,
                    deviation,
                    Objects.requireNonNull(seeds, "seeds"));
        }
    }
}
