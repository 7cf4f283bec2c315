package org.rtda.core.metrics;

/**
 * A figure with its uncertainty.
 *
 * @param value never NaN
 * @param low lower end of the 95% interval
 * @param high upper end
 * @param n images behind the value, at least 1
 */
public record Estimate(double value, double low, double high, int n) {

    public Estimate {
        if (!Double.isFinite(value) || !Double.isFinite(low) || !Double.isFinite(high) || low > high) {
            throw new IllegalArgumentException(
                    "an estimate must be finite with low <= high, was " + value + " in [" + low + ", " + high + "]");
        }
        if (n < 1) {
            throw new IllegalArgumentException("n must be at least 1, was " + n);
        }
    }
}
