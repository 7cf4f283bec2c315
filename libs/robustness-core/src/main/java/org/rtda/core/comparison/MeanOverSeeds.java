package org.rtda.core.comparison;

import java.util.List;
import java.util.Optional;
import org.rtda.core.metrics.Estimate;
import org.rtda.core.metrics.SampleMean;

/**
 * One figure of several training runs that differ in their seed only.
 *
 * @param value mean over the seeds
 * @param low lower end of the 95% interval
 * @param high upper end of the 95% interval
 * @param interval what the interval is over
 * @param deviation over seeds; null for fewer than two
 * @param seeds how many runs are behind it
 */
public record MeanOverSeeds(double value, double low, double high, Interval interval, Double deviation, int seeds) {

    /** What would have to be repeated for another value to come out. */
    public enum Interval {
        /** Student's, over seeds: how training varies. */
        SEEDS,
        /**
         * The mean of the runs' own intervals over test images, where there is one seed or all seeds have the same figure:
         * Student's has no width there.
         */
        IMAGES
    }

    /** @param runs one for each seed; empty without any */
    public static Optional<MeanOverSeeds> of(List<Estimate> runs) {
        if (runs.isEmpty()) {
            return Optional.empty();
        }
        Optional<SampleMean> overSeeds =
                SampleMean.of(runs.stream().mapToDouble(Estimate::value).toArray());
        Double deviation = overSeeds.map(SampleMean::deviation).orElse(null);
        return Optional.of(overSeeds
                .filter(SampleMean::showsSpread)
                .map(mean ->
                        new MeanOverSeeds(mean.mean(), mean.low(), mean.high(), Interval.SEEDS, deviation, runs.size()))
                .orElseGet(() -> new MeanOverSeeds(
                        runs.get(0).value(),
                        runs.stream().mapToDouble(Estimate::low).average().orElseThrow(),
                        runs.stream().mapToDouble(Estimate::high).average().orElseThrow(),
                        Interval.IMAGES,
                        deviation,
                        runs.size())));
    }
}
