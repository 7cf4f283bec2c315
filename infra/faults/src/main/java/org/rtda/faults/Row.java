package org.rtda.faults;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;

/**
 * The result of all tries of a fault; a line of the JSON file.
 *
 * @param tried how often
 * @param recovered how often everything was as undisturbed
 * @param lost steps and figures, of all tries together; likewise {@code doubled} and {@code differing}
 * @param seconds median of {@link Tried#seconds}; null where no try has one
 * @param failures sentences, with the seed and the moment to repeat them; of a fault that was not tried, why
 */
@JsonInclude(JsonInclude.Include.ALWAYS)
record Row(
        String fault,
        int tried,
        int recovered,
        int lost,
        int doubled,
        int differing,
        Double seconds,
        List<String> failures) {

    public static Row of(String fault, List<Tried> tries) {
        List<Double> seconds = tries.stream()
                .map(Tried::seconds)
                .filter(Objects::nonNull)
                .sorted()
                .toList();
        return new Row(
                fault,
                tries.size(),
                (int) tries.stream().filter(Tried::recovered).count(),
                tries.stream().mapToInt(Tried::lost).sum(),
                tries.stream().mapToInt(Tried::doubled).sum(),
                tries.stream().mapToInt(Tried::differing).sum(),
                seconds.isEmpty() ? null : median(seconds),
                tries.stream().flatMap(each -> each.failures().stream()).toList());
    }

    static Row notTried(String fault, String why) {
        return new Row(fault, 0, 0, 0, 0, 0, null, List.of("not tried: " + why));
    }

    /** The tries before the suite broke, and why it did: that says nothing about the fault, so it is no try. */
    static Row broken(String fault, List<Tried> before, String why) {
        Row row = of(fault, before);
        return new Row(
                fault,
                row.tried,
                row.recovered,
                row.lost,
                row.doubled,
                row.differing,
                row.seconds,
                Stream.concat(row.failures.stream(), Stream.of("the suite broke: " + why))
                        .toList());
    }

    boolean isClean() {
        return recovered == tried;
    }

    private static double median(List<Double> sorted) {
        int half = sorted.size() / 2;
        double median = sorted.size() % 2 == 1 ? sorted.get(half) : (sorted.get(half - 1) + sorted.get(half)) / 2;
        return Math.round(median * 10) / 10.0;
    }
}
