package org.rtda.contracts;

import org.rtda.contracts.check.Check;
import org.rtda.contracts.dataset.HealthyClass;

/**
 * A figure of a condition, with its interval, as {@link RobustnessMetric.Measured} carries it.
 *
 * @param metric {@code accuracy}, {@code balanced-accuracy}, {@code auroc} (two classes), {@code majority-rate}, ...
 * @param value in [0,1]; null when it is not defined (a class without images), never a stand-in 0
 * @param low lower end of the 95% interval; null where value is null
 * @param high upper end
 * @param n images behind it
 * @param note why it is not defined, or what to mind; null otherwise
 * @param healthyClassAssumed of a figure that depends on which class is the healthy one: whether nobody said so and class
 *     0 was taken; null for every other figure, and in what earlier builds measured
 * @param constant what an answer that is the same for every image scores in this figure on the same images; null where
 *     there is no honest one, and in what earlier builds measured
 * @param constantAnswer which answer that is, for example {@code always class benign}; null where constant is null
 */
public record Figure(
        String metric,
        Double value,
        Double low,
        Double high,
        int n,
        String note,
        Boolean healthyClassAssumed,
        Double constant,
        String constantAnswer) {
    /** Independent of the healthy class, and without a constant answer beside it. */
    public Figure(String metric, Double value, Double low, Double high, int n, String note) {
        this(metric, value, low, high, n, note, null, null, null);
    }

    /**
     * A figure that has no value.
     *
     * @param why it is not defined
     */
    public static Figure undefined(String metric, int n, String why) {
        return new Figure(metric, null, null, null, n, why);
    }

    /** The same figure, which depends on the healthy class. */
    public Figure dependingOn(HealthyClass healthy) {
        return new Figure(metric, value, low, high, n, note, healthy.assumed(), constant, constantAnswer);
    }

    /** The same figure with what {@code answer}, given to every image, scores in it. */
    public Figure beside(double constant, String answer) {
        return new Figure(metric, value, low, high, n, note, healthyClassAssumed, constant, answer);
    }

    public Figure {
        Check.present("metric", metric);
        if (value != null) {
            Check.inRange(metric, value, 0, 1);
            Check.inRange(metric + ".low", Check.present(metric + ".low", low), 0, 1);
            Check.inRange(metric + ".high", Check.present(metric + ".high", high), 0, 1);
        }
        Check.inRange(metric + ".n", n, 0, Integer.MAX_VALUE);
        if (constant != null) {
            Check.inRange(metric + ".constant", constant, 0, 1);
        }
    }
}
