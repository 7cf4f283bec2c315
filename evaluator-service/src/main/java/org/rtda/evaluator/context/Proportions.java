package org.rtda.evaluator.context;

import org.rtda.contracts.Figure;
import org.rtda.core.metrics.Estimate;
import org.rtda.core.metrics.Wilson;

/** Proportions of images as figures. */
public final class Proportions {
    private Proportions() {}

    /** @param note null for none */
    public static Figure of(String metric, int successes, int n, String note) {
        Estimate estimate = Wilson.interval(successes, n);
        return new Figure(metric, estimate.value(), estimate.low(), estimate.high(), estimate.n(), note);
    }
}
