package org.rtda.cli.benchmark;

import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Estimates how long the remaining cells will take, from the median of the finished cells of the same method. */
final class TimeLeft {
    private TimeLeft() {}

    /**
     * @param seconds of finished cells by method; a method without any takes the median of all
     * @param left the method of each cell that is not finished
     * @param atOnce cells under way at the same time, at least 1
     * @return empty before the first cell has finished
     */
    static Optional<Duration> of(Map<String, List<Double>> seconds, List<String> left, int atOnce) {
        List<Double> all = seconds.values().stream().flatMap(List::stream).toList();
        if (all.isEmpty()) {
            return Optional.empty();
        }
        double sum = 0;
        for (String method : left) {
            List<Double> known = seconds.getOrDefault(method, List.of());
            sum += median(known.isEmpty() ? all : known);
        }
        return Optional.of(Duration.ofSeconds(Math.round(sum / Math.max(1, atOnce))));
    }

    private static double median(List<Double> values) {
        double[] sorted = values.stream().mapToDouble(Double::doubleValue).toArray();
        Arrays.sort(sorted);
        int half = sorted.length / 2;
        return sorted.length % 2 == 1 ? sorted[half] : (sorted[half - 1] + sorted[half]) / 2;
    }
}
