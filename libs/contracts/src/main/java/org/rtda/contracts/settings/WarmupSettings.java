package org.rtda.contracts.settings;

import org.rtda.contracts.check.Check;

/**
 * Warm-up: values that rise linearly from 0, step by step, to what the specification says. A network that can tell
 * nothing apart yet answers a full-strength attack and a full consistency term with one answer for every image, and may
 * stay there.
 *
 * @param radius share of all steps over which the radius of training attacks rises from 0, their step size with it; in
 *     [0, 1]; default {@value #DEFAULT_RADIUS}; 0 for the full radius from the first step on
 * @param consistency share of all steps over which the weight of the method's divergence ({@code lambda}, in {@code trades}
 *     {@code beta}) rises from 0; in [0, 1]; default 0
 */
public record WarmupSettings(Double radius, Double consistency) {
    private static final double DEFAULT_RADIUS = 0.5;

    /** Everything at its default. */
    public static final WarmupSettings DEFAULT = new WarmupSettings(null, null);

    public WarmupSettings {
        radius = radius == null ? DEFAULT_RADIUS : Check.inRange("warmup.radius", radius, 0, 1);
        consistency = consistency == null ? 0.0 : Check.inRange("warmup.consistency", consistency, 0, 1);
    }

    /**
     * How much of the full value a step has.
     *
     * @param share of all steps over which it rises; the last of these has the full value
     * @param step from 0
     * @return in (0, 1]
     */
    public static double factor(double share, long step, long totalSteps) {
        long rising = Math.round(share * totalSteps);
        return step < rising ? (step + 1.0) / rising : 1.0;
    }
}
