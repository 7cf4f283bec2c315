package org.rtda.nn.pytorch.attack;

/** {@code -log softmax(z)[y]}; its slope is {@code softmax(z) - onehot(y)}. */
public record CrossEntropyLoss(int[] labels) implements LogitLoss {

    @Override
    public double value(float[] logits, int image) {
        int largest = LogitLoss.predicted(logits);
        double others = 0;
        for (int j = 0; j < logits.length; j++) {
            others += j == largest ? 0 : Math.exp((double) logits[j] - logits[largest]);
        }
        return (double) logits[largest] - logits[labels[image]] + Math.log1p(others);
    }

    @Override
    public void derive(float[] logits, int image, double[] slope) {
        double largest = logits[LogitLoss.predicted(logits)];
        double sum = 0;
        for (float logit : logits) {
            sum += Math.exp(logit - largest);
        }
        int label = labels[image];
        for (int j = 0; j < slope.length; j++) {
            if (j != label) {
                // the label's own is minus what the others have together: 1 - p would be 0 long before they are
                double probability = Math.exp(logits[j] - largest) / sum;
                slope[j] += probability;
                slope[label] -= probability;
            }
        }
    }
}
