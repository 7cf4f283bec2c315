package org.rtda.report;

import java.math.BigDecimal;
import java.math.MathContext;
import java.util.ArrayList;
import java.util.List;

/**
 * Where values of an axis are in the picture.
 *
 * @param low value at {@code from}
 * @param high value at {@code to}, above low
 * @param from in pixels of the picture
 * @param to in pixels of the picture; below {@code from} on an axis that goes up
 */
record LinearScale(double low, double high, double from, double to) {
    private static final int TICKS = 6;

    double at(double value) {
        return from + (value - low) / (high - low) * (to - from);
    }

    /** A value beyond an end is at that end. */
    double within(double value) {
        return at(Math.max(low, Math.min(high, value)));
    }

    /** Round numbers within the ends. */
    List<Double> ticks() {
        double rough = (high - low) / TICKS;
        double magnitude = Math.pow(10, Math.floor(Math.log10(rough)));
        double step =
                magnitude * (rough / magnitude <= 1 ? 1 : rough / magnitude <= 2 ? 2 : rough / magnitude <= 5 ? 5 : 10);
        List<Double> ticks = new ArrayList<>();
        for (long k = (long) Math.ceil(low / step - 1e-9); k * step <= high + 1e-9 * step; k++) {
            ticks.add(k * step);
        }
        return ticks;
    }

    /** To four digits. */
    static String label(double value) {
        return new BigDecimal(value)
                .round(new MathContext(4))
                .stripTrailingZeros()
                .toPlainString();
    }
}
