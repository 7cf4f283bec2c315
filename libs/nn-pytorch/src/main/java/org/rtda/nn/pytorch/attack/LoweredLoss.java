package org.rtda.nn.pytorch.attack;

/** Another loss with its sign changed: raising it lowers the other. */
record LoweredLoss(LogitLoss other) implements LogitLoss {

    @Override
    public double value(float[] logits, int image) {
        return -other.value(logits, image);
    }

    @Override
    public void derive(float[] logits, int image, double[] slope) {
        other.derive(logits, image, slope);
        for (int j = 0; j < slope.length; j++) {
            slope[j] = -slope[j];
        }
    }
}
