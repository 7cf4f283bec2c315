package org.rtda.benchmarks.measuring;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.DoubleSupplier;

/**
 * The times of both programs, which take turns so that other work on the machine affects both.
 *
 * @param times of each turn, in milliseconds
 * @param rivalTimes as many, or none without a rival
 */
public record PairedTurns(double[] times, double[] rivalTimes) {

    public PairedTurns {
        if (times.length == 0 || rivalTimes.length != 0 && rivalTimes.length != times.length) {
            throw new IllegalArgumentException(
                    "there must be at least one turn, and as many of the rival or none, were " + times.length + " and "
                            + rivalTimes.length);
        }
    }

    /** @param rival null without one */
    public static PairedTurns take(int count, DoubleSupplier ours, DoubleSupplier rival) {
        double[] times = new double[count];
        double[] rivalTimes = new double[rival == null ? 0 : count];
        for (int turn = 0; turn < count; turn++) {
            times[turn] = ours.getAsDouble();
            if (rival != null) {
                rivalTimes[turn] = rival.getAsDouble();
            }
        }
        return new PairedTurns(times, rivalTimes);
    }

    /**
     * Turns with several rivals: in each, ours first and then every rival once.
     *
     * @param rivals by name
     * @return our times with those of each rival, in the rivals' order
     */
    public static Map<String, PairedTurns> takeWithAll(
            int count, DoubleSupplier ours, Map<String, DoubleSupplier> rivals) {
        double[] times = new double[count];
        Map<String, double[]> rivalTimes = new LinkedHashMap<>();
        rivals.keySet().forEach(name -> rivalTimes.put(name, new double[count]));
        for (int turn = 0; turn < count; turn++) {
            times[turn] = ours.getAsDouble();
            for (Map.Entry<String, DoubleSupplier> rival : rivals.entrySet()) {
                rivalTimes.get(rival.getKey())[turn] = rival.getValue().getAsDouble();
            }
        }
        Map<String, PairedTurns> turns = new LinkedHashMap<>();
        rivalTimes.forEach((name, theirs) -> turns.put(name, new PairedTurns(times, theirs)));
        return turns;
    }

    /** The times turn by turn added up; without a rival where one of them has none. */
    public static PairedTurns sum(List<PairedTurns> parts) {
        double[] times = new double[parts.get(0).count()];
        double[] rivalTimes = new double[parts.stream().allMatch(PairedTurns::hasRival) ? times.length : 0];
        for (PairedTurns part : parts) {
            for (int turn = 0; turn < times.length; turn++) {
                times[turn] += part.times[turn];
            }
            for (int turn = 0; turn < rivalTimes.length; turn++) {
                rivalTimes[turn] += part.rivalTimes[turn];
            }
        }
        return new PairedTurns(times, rivalTimes);
    }

    /** Of one of so many things that each turn did. */
    public PairedTurns each(int things) {
        return new PairedTurns(
                Arrays.stream(times).map(time -> time / things).toArray(),
                Arrays.stream(rivalTimes).map(time -> time / things).toArray());
    }

    public boolean hasRival() {
        return rivalTimes.length > 0;
    }

    public int count() {
        return times.length;
    }

    public double ours() {
        return median(times);
    }

    public double rival() {
        return median(rivalTimes);
    }

    /** How many times as fast ours is: the median of each turn's rival time over ours. */
    public double ratio() {
        double[] ratios = new double[times.length];
        for (int turn = 0; turn < ratios.length; turn++) {
            ratios[turn] = rivalTimes[turn] / times[turn];
        }
        return median(ratios);
    }

    public static double median(double[] values) {
        double[] sorted = values.clone();
        Arrays.sort(sorted);
        int middle = sorted.length / 2;
        return sorted.length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
    }
}
