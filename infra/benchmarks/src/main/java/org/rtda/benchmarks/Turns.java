package org.rtda.benchmarks;

import java.util.Arrays;
import java.util.function.DoubleSupplier;

/**
 * Times taken by turns, ours, the rival's, ours, the rival's, so that whatever else the machine does meets both.
 *
 * @param times of each turn, in milliseconds
 * @param rivalTimes as many, or none without a rival
 */
record Turns(double[] times, double[] rivalTimes) {

    Turns {
        if (times.length == 0 || rivalTimes.length != 0 && rivalTimes.length != times.length) {
            throw new IllegalArgumentException(
                    "there must be at least one turn, and as many of the rival or none, were " + times.length + " and "
                            + rivalTimes.length);
        }
    }

    /** @param rival null without one */
    static Turns take(int count, DoubleSupplier ours, DoubleSupplier rival) {
        double[] times = new double[count];
        double[] rivalTimes = new double[rival == null ? 0 : count];
        for (int turn = 0; turn < count; turn++) {
            times[turn] = ours.getAsDouble();
            if (rival != null) {
                rivalTimes[turn] = rival.getAsDouble();
            }
        }
        return new Turns(times, rivalTimes);
    }

    boolean hasRival() {
        return rivalTimes.length > 0;
    }

    int count() {
        return times.length;
    }

    double ours() {
        return median(times);
    }

    double rival() {
        return median(rivalTimes);
    }

    /** How many times as fast ours is: the median of each turn's rival time over ours. */
    double ratio() {
        double[] ratios = new double[times.length];
        for (int turn = 0; turn < ratios.length; turn++) {
            ratios[turn] = rivalTimes[turn] / times[turn];
        }
        return median(ratios);
    }

    static double median(double[] values) {
        double[] sorted = values.clone();
        Arrays.sort(sorted);
        int middle = sorted.length / 2;
        return sorted.length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
    }
}
