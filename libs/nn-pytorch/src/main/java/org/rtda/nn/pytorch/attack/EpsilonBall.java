package org.rtda.nn.pytorch.attack;

import org.apache.commons.rng.UniformRandomProvider;
import org.apache.commons.rng.sampling.distribution.ZigguratSampler;

/**
 * The perturbations an attack may use: those of norm at most epsilon. Works on one image's perturbation at a time, in
 * double precision.
 */
record EpsilonBall(Norm norm, double epsilon) {

    EpsilonBall {
        if (!(epsilon >= 0 && epsilon <= 1000)) {
            throw new IllegalArgumentException("epsilon must be in [0, 1000], was " + epsilon);
        }
    }

    /** Writes what was added to the clean image, both beginning at {@code offset}. */
    static void difference(double[] perturbation, float[] pixels, float[] clean, int offset) {
        for (int i = 0; i < perturbation.length; i++) {
            perturbation[i] = (double) pixels[offset + i] - clean[offset + i];
        }
    }

    /** The size of a perturbation in this ball's norm. */
    double length(double[] perturbation) {
        double length = 0;
        for (double value : perturbation) {
            length = norm == Norm.LINF ? Math.max(length, Math.abs(value)) : length + value * value;
        }
        return norm == Norm.LINF ? length : Math.sqrt(length);
    }

    /** Gives a perturbation the length epsilon; one of zeros stays so. */
    void stretch(double[] perturbation) {
        double length = length(perturbation);
        scale(perturbation, length > 0 ? epsilon / length : 0);
    }

    /** A perturbation uniform on the sphere of radius epsilon for L2; for Linf epsilon with a random sign for each value. */
    void drawOnSurface(double[] perturbation, UniformRandomProvider generator) {
        if (norm == Norm.LINF) {
            for (int i = 0; i < perturbation.length; i++) {
                perturbation[i] = generator.nextBoolean() ? epsilon : -epsilon;
            }
            return;
        }
        ZigguratSampler.NormalizedGaussian gaussian = ZigguratSampler.NormalizedGaussian.of(generator);
        for (int i = 0; i < perturbation.length; i++) {
            perturbation[i] = gaussian.sample();
        }
        stretch(perturbation);
    }

    /**
     * A start as AutoAttack's: of length epsilon, in a direction that is Gaussian for L2 and uniform in the cube for Linf.
     */
    void drawStretched(double[] perturbation, UniformRandomProvider generator) {
        if (norm == Norm.L2) {
            drawOnSurface(perturbation, generator);
            return;
        }
        for (int i = 0; i < perturbation.length; i++) {
            perturbation[i] = 2 * generator.nextDouble() - 1;
        }
        stretch(perturbation);
    }

    /** A perturbation uniform in the ball: for L2 a Gaussian direction with radius {@code epsilon * u^(1/d)}. */
    void drawInside(double[] perturbation, UniformRandomProvider generator) {
        if (norm == Norm.LINF) {
            for (int i = 0; i < perturbation.length; i++) {
                perturbation[i] = (2 * generator.nextDouble() - 1) * epsilon;
            }
            return;
        }
        ZigguratSampler.NormalizedGaussian gaussian = ZigguratSampler.NormalizedGaussian.of(generator);
        double squares = 0;
        for (int i = 0; i < perturbation.length; i++) {
            perturbation[i] = gaussian.sample();
            squares += perturbation[i] * perturbation[i];
        }
        double radius = epsilon * Math.pow(generator.nextDouble(), 1.0 / perturbation.length);
        scale(perturbation, squares > 0 ? radius / Math.sqrt(squares) : 0);
    }

    /** Goes {@code stepSize} up the gradient, which begins at {@code offset}: its direction (L2) or its sign (Linf). */
    void advance(double[] perturbation, float[] gradient, int offset, double stepSize) {
        if (norm == Norm.LINF) {
            for (int i = 0; i < perturbation.length; i++) {
                perturbation[i] += stepSize * Math.signum(gradient[offset + i]);
            }
            return;
        }
        double squares = 0;
        for (int i = 0; i < perturbation.length; i++) {
            squares += (double) gradient[offset + i] * gradient[offset + i];
        }
        if (squares > 0) {
            double scale = stepSize / Math.sqrt(squares);
            for (int i = 0; i < perturbation.length; i++) {
                perturbation[i] += scale * gradient[offset + i];
            }
        }
    }

    /** The nearest perturbation of norm at most epsilon. */
    void project(double[] perturbation) {
        if (norm == Norm.LINF) {
            for (int i = 0; i < perturbation.length; i++) {
                perturbation[i] = Math.max(-epsilon, Math.min(epsilon, perturbation[i]));
            }
            return;
        }
        double squares = 0;
        for (double value : perturbation) {
            squares += value * value;
        }
        double size = Math.sqrt(squares);
        if (size > epsilon) {
            scale(perturbation, epsilon / size);
        }
    }

    /** Shortens each value to what leaves clean image plus perturbation in [0,1]. */
    static void clipToRange(double[] perturbation, float[] clean, int offset) {
        for (int i = 0; i < perturbation.length; i++) {
            double from = clean[offset + i];
            perturbation[i] = Math.max(-from, Math.min(1 - from, perturbation[i]));
        }
    }

    /**
     * Writes clean image plus perturbation as float32 in [0,1]. A value is rounded towards the clean image, so that
     * rounding never leaves the ball.
     */
    void place(double[] perturbation, float[] clean, float[] adversarial, int offset) {
        for (int i = 0; i < perturbation.length; i++) {
            float from = clean[offset + i];
            float value = (float) (from + perturbation[i]);
            if (Math.abs((double) value - from) > Math.abs(perturbation[i])) {
                value = value > from ? Math.nextDown(value) : Math.nextUp(value);
            }
            adversarial[offset + i] = Math.max(0f, Math.min(1f, value));
        }
    }

    private static void scale(double[] values, double factor) {
        for (int i = 0; i < values.length; i++) {
            values[i] *= factor;
        }
    }

    @Override
    public String toString() {
        return norm + " ball of radius " + epsilon;
    }
}
