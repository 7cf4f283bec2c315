package org.rtda.nn.pytorch.method;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.Shape;
import java.util.List;

/** The parts that training methods' losses are made of. Logits are N x classes, labels N x 1 int64, results scalars. */
public final class Losses {
    private Losses() {}

    /**
     * Mean over the batch of {@code -log softmax(logits)[label]}, weighted by the targets' weights where there are any, as
     * PyTorch's {@code cross_entropy} with class weights.
     */
    public static NDArray crossEntropy(NDArray logits, TrainingLabels targets) {
        NDArray logProbability = logProbabilityOf(logits, targets.labels());
        return targets.weights() == null
                ? logProbability.mean().neg()
                : logProbability.mul(targets.weights()).sum().neg();
    }

    /** {@code KL(p || q)} of the predictions p and q behind two batches of logits, mean over the batch. */
    static NDArray divergence(NDArray p, NDArray q) {
        NDArray logP = p.logSoftmax(1);
        NDArray sum = logP.exp().mul(logP.sub(q.logSoftmax(1))).sum();
        return scaled(1.0 / p.getShape().get(0), sum);
    }

    /**
     * Jensen-Shannon divergence of the predictions of several views, mean over the batch, as in AugMix (Hendrycks et al.,
     * ICLR 2020): the mean of {@code KL(p || M)} over the views, M their mixture, clamped to [1e-7, 1].
     */
    public static NDArray jensenShannon(List<NDArray> logits) {
        List<NDArray> logs = logits.stream().map(each -> each.logSoftmax(1)).toList();
        List<NDArray> probabilities = logs.stream().map(NDArray::exp).toList();
        NDArray sum = probabilities.stream().reduce(NDArray::add).orElseThrow();
        NDArray mixture = scaled(1.0 / logits.size(), sum).clip(1e-7f, 1f).log();
        NDArray divergences = null;
        for (int i = 0; i < logs.size(); i++) {
            NDArray divergence =
                    probabilities.get(i).mul(logs.get(i).sub(mixture)).sum();
            divergences = divergences == null ? divergence : divergences.add(divergence);
        }
        return scaled(1.0 / (logits.size() * logits.get(0).getShape().get(0)), divergences);
    }

    /**
     * An array times a constant. The backward pass reads the constant, which therefore lies in the engine's memory: DJL's
     * own {@code mul(Number)} keeps it in Java's and lets go of it at once. It is single precision, since a double would
     * make a scalar product a double.
     */
    public static NDArray scaled(double factor, NDArray array) {
        return array.mul(array.getManager().full(new Shape(), (float) factor));
    }

    private static NDArray logProbabilityOf(NDArray logits, NDArray labels) {
        return logits.logSoftmax(1).gather(labels, 1);
    }
}
