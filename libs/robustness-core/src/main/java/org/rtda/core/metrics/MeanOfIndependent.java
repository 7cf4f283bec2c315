package org.rtda.core.metrics;

import java.util.List;

/**
 * The interval of a mean of independent figures from the interval of each: each end is as far from the mean as the root of
 * the summed squares of the figures' own distances, over their number. This is the method of variance estimates recovery
 * (Zou and Donner, Statistics in Medicine 27, 2008, 1693-1702), which has a width wherever the parts have.
 */
final class MeanOfIndependent {
    private MeanOfIndependent() {}

    /**
     * @param figures at least one
     * @param n images behind the mean
     */
    static Estimate of(List<Estimate> figures, int n) {
        double sum = 0;
        double below = 0;
        double above = 0;
        for (Estimate figure : figures) {
            sum += figure.value();
            below += square(figure.value() - figure.low());
            above += square(figure.high() - figure.value());
        }
        int count = figures.size();
        double mean = sum / count;
        return new Estimate(
                mean, Math.max(0, mean - Math.sqrt(below) / count), Math.min(1, mean + Math.sqrt(above) / count), n);
    }

    private static double square(double x) {
        return x * x;
    }
}
