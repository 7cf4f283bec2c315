package org.rtda.nn.pytorch.attack;

/** One image's search of {@link ApgdAttack}: where it is, where it was best, and how long its next step is. */
final class ApgdImage {
    private static final double MOMENTUM = 0.75;
    private static final double RISING_SHARE = 0.75;

    private final EpsilonBall ball;
    private final float[] clean;
    private final int offset;
    private final int size;

    private final float[] gradient;
    private float[] previous;
    private final float[] best;
    private final float[] bestGradient;
    private double bestLoss = Double.NEGATIVE_INFINITY;
    private double lastLoss;
    private int arrivals;
    private int rises;

    private double stepSize;
    private boolean halvedAtLastCheckpoint = true;
    private double bestLossAtLastCheckpoint;

    /** @param clean pixels of all images, in which this one begins at {@code offset} */
    ApgdImage(EpsilonBall ball, float[] clean, int offset, int size) {
        this.ball = ball;
        this.clean = clean;
        this.offset = offset;
        this.size = size;
        this.gradient = new float[size];
        this.best = new float[size];
        this.bestGradient = new float[size];
        this.stepSize = 2 * ball.epsilon();
    }

    /** The loss and the gradient, beginning at {@code gradientOffset}, at the place that {@code pixels} now hold. */
    void arrived(float[] pixels, double loss, float[] gradients, int gradientOffset) {
        System.arraycopy(gradients, gradientOffset, gradient, 0, size);
        if (arrivals == 0) {
            bestLossAtLastCheckpoint = loss;
        } else if (loss > lastLoss) {
            rises++;
        }
        arrivals++;
        lastLoss = loss;
        if (loss > bestLoss) {
            bestLoss = loss;
            System.arraycopy(pixels, offset, best, 0, size);
            System.arraycopy(gradient, 0, bestGradient, 0, size);
        }
    }

    /**
     * Halves the step and goes back to the best place when too few of the last steps raised the loss, or when a step of
     * this length has found nothing better since the last checkpoint.
     */
    void check(int stepsSinceLastCheckpoint, float[] pixels) {
        boolean tooFewRises = rises <= RISING_SHARE * stepsSinceLastCheckpoint;
        boolean nothingBetter = !halvedAtLastCheckpoint && bestLossAtLastCheckpoint >= bestLoss;
        halvedAtLastCheckpoint = tooFewRises || nothingBetter;
        bestLossAtLastCheckpoint = bestLoss;
        rises = 0;
        if (halvedAtLastCheckpoint) {
            stepSize /= 2;
            System.arraycopy(best, 0, pixels, offset, size);
            System.arraycopy(bestGradient, 0, gradient, 0, size);
        }
    }

    /**
     * One step with momentum (the first without), written to {@code pixels}.
     *
     * @param now room for one image, lent for this call, as {@code next}
     */
    void move(float[] pixels, double[] now, double[] next) {
        EpsilonBall.difference(now, pixels, clean, offset);
        System.arraycopy(now, 0, next, 0, size);
        ball.advance(next, gradient, 0, stepSize);
        ball.project(next);
        EpsilonBall.clipToRange(next, clean, offset);
        if (previous == null) {
            previous = new float[size];
        } else {
            for (int i = 0; i < size; i++) {
                double drift = (double) pixels[offset + i] - previous[i];
                next[i] = now[i] + MOMENTUM * (next[i] - now[i]) + (1 - MOMENTUM) * drift;
            }
            ball.project(next);
        }
        System.arraycopy(pixels, offset, previous, 0, size);
        ball.place(next, clean, pixels, offset);
    }

    double stepSize() {
        return stepSize;
    }
}
