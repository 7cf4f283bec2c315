package org.rtda.core.phantom;

import java.util.Arrays;

/** A closed contour around a centre: an ellipse with a wavy or jagged edge. Lengths are in the caller's unit. */
final class Outline {
    private static final int DIRECTIONS = 720;

    private final double centreX;
    private final double centreY;
    private final double[] radius = new double[DIRECTIONS];
    private final double largest;

    /**
     * @param tilt of the ellipse's first axis, in radians
     * @param waviness relative deviation of the radius by harmonics {@code lowest} to {@code highest}, shared in equal parts
     */
    Outline(
            double centreX,
            double centreY,
            double radiusX,
            double radiusY,
            double tilt,
            double waviness,
            int lowest,
            int highest,
            Draw draw) {
        this.centreX = centreX;
        this.centreY = centreY;
        double[] waves = new double[DIRECTIONS];
        double share = waviness * Math.sqrt(2.0 / (highest - lowest + 1));
        for (int order = lowest; order <= highest; order++) {
            double phase = draw.angle();
            double amplitude = share * draw.gaussian() / Math.sqrt(2);
            for (int i = 0; i < DIRECTIONS; i++) {
                waves[i] += amplitude * StrictMath.cos(order * direction(i) + phase);
            }
        }
        for (int i = 0; i < DIRECTIONS; i++) {
            double cosine = StrictMath.cos(direction(i) - tilt) / radiusX;
            double sine = StrictMath.sin(direction(i) - tilt) / radiusY;
            radius[i] = Math.max(0.3, 1 + waves[i]) / Math.sqrt(cosine * cosine + sine * sine);
        }
        largest = Arrays.stream(radius).max().orElseThrow();
    }

    double centreX() {
        return centreX;
    }

    double centreY() {
        return centreY;
    }

    /** From the centre to the contour. */
    double radius(double direction) {
        double turns = direction / (2 * StrictMath.PI);
        return radius[(int) ((turns - Math.floor(turns)) * DIRECTIONS) % DIRECTIONS];
    }

    /** How far out a point lies: 0 at the centre, 1 on the contour; beyond 1.5, a lower bound. */
    double relative(double x, double y) {
        double dx = x - centreX;
        double dy = y - centreY;
        double distance = Math.sqrt(dx * dx + dy * dy);
        if (distance == 0 || distance > 1.5 * largest) {
            return distance / largest;
        }
        return distance / radius(StrictMath.atan2(dy, dx));
    }

    /** 1 inside, 0 outside, with a smooth passage of that width around the contour. */
    double inside(double x, double y, double softness) {
        double dx = x - centreX;
        double dy = y - centreY;
        double distance = Math.sqrt(dx * dx + dy * dy);
        if (distance > largest + softness) {
            return 0;
        }
        double edge = distance == 0 ? radius[0] : radius(StrictMath.atan2(dy, dx));
        return smooth((edge - distance) / softness + 0.5);
    }

    /** 0 below 0, 1 above 1, and between them a passage without a kink. */
    static double smooth(double value) {
        double cut = Math.min(1, Math.max(0, value));
        return cut * cut * (3 - 2 * cut);
    }

    private static double direction(int i) {
        return 2 * StrictMath.PI * i / DIRECTIONS;
    }
}
