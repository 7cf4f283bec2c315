package org.rtda.evaluator;

import org.rtda.contracts.RobustnessMetric.Figure;
import org.rtda.core.metrics.Estimate;
import org.rtda.core.metrics.Wilson;

/** Shares of images as figures. */
final class Shares {
    private Shares() {}

    /** @param note null for none */
    static Figure of(String metric, int successes, int n, String note) {
        Estimate estimate = Wilson.interval(successes, n);
        return new Figure(metric, estimate.value(), estimate.low(), estimate.high(), estimate.n(), note);
    }
}
