package org.rtda.cli.benchmark.grid;

import java.math.BigDecimal;
import java.math.MathContext;
import java.util.List;
import java.util.stream.DoubleStream;

/**
 * L2 radii that mean about the same for images of any size. Radii are chosen at 1 x 28 x 28 and grow with the square root of
 * the number of values in an image, which keeps the root-mean-square change of a pixel; they are rounded to two
 * significant digits, so that a radius is the number that its label shows.
 */
final class Strengths {
    private static final double[] EVALUATED = {0.1, 0.15, 0.25, 0.5, 1.0};
    private static final double TRAINED = 0.5;
    private static final double REFERENCE_VALUES = 28 * 28;

    private Strengths() {}

    /** Rising. */
    static List<Double> evaluated(int channels, int height, int width) {
        return DoubleStream.of(EVALUATED)
                .mapToObj(radius -> scaled(radius, channels, height, width))
                .toList();
    }

    static double trained(int channels, int height, int width) {
        return scaled(TRAINED, channels, height, width);
    }

    private static double scaled(double radius, int channels, int height, int width) {
        double factor = Math.sqrt((double) channels * height * width / REFERENCE_VALUES);
        return new BigDecimal(radius * factor).round(new MathContext(2)).doubleValue();
    }
}
