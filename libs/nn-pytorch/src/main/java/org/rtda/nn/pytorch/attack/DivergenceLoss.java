package org.rtda.nn.pytorch.attack;

/**
 * {@code KL(p || q)} from the predictions p behind given logits to those behind z; its slope is {@code q - p}.
 *
 * @param reference N x classes, the logits of the clean images
 */
record DivergenceLoss(float[][] reference) implements LogitLoss {

    @Override
    public double value(float[] logits, int image) {
        double[] logP = logSoftmax(reference[image]);
        double[] logQ = logSoftmax(logits);
        double sum = 0;
        for (int j = 0; j < logP.length; j++) {
            sum += Math.exp(logP[j]) * (logP[j] - logQ[j]);
        }
        return sum;
    }

    @Override
    public void derive(float[] logits, int image, double[] slope) {
        double[] logP = logSoftmax(reference[image]);
        double[] logQ = logSoftmax(logits);
        for (int j = 0; j < slope.length; j++) {
            slope[j] += Math.exp(logQ[j]) - Math.exp(logP[j]);
        }
    }

    private static double[] logSoftmax(float[] logits) {
        double largest = logits[LogitLoss.predicted(logits)];
        double sum = 0;
        for (float logit : logits) {
            sum += Math.exp(logit - largest);
        }
        double[] log = new double[logits.length];
        for (int j = 0; j < log.length; j++) {
            log[j] = logits[j] - largest - Math.log(sum);
        }
        return log;
    }
}
