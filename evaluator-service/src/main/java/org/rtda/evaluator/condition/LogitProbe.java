package org.rtda.evaluator.condition;

import org.rtda.evaluator.context.Batches;
import org.rtda.evaluator.context.EvaluationContext;
import org.rtda.evaluator.context.Proportions;

/**
 * Checks that the model's outputs are logits. Attacks take their gradient through a softmax; one that is applied twice
 * hides it. An image's answer looks like probabilities when all are in [0,1] and their sum is 1.
 */
public final class LogitProbe implements ConditionKind {
    public static final String FIGURE = "logits-unlike-probabilities";

    private static final double SUM_TOLERANCE = 1e-4;

    @Override
    public ConditionResult measure(EvaluationContext judging) {
        int[] sample = Probes.sample(judging);
        int unlike = 0;
        for (int[] indices : Batches.of(sample)) {
            for (float[] row : judging.logits(indices, judging.clean(indices).images())) {
                unlike += looksLikeProbabilities(row) ? 0 : 1;
            }
        }
        return ConditionResult.of(Proportions.of(
                FIGURE,
                unlike,
                sample.length,
                "share of images whose outputs are outside [0,1] or do not add up to 1"));
    }

    private static boolean looksLikeProbabilities(float[] row) {
        double sum = 0;
        for (float value : row) {
            if (value < 0 || value > 1) {
                return false;
            }
            sum += value;
        }
        return Math.abs(sum - 1) <= SUM_TOLERANCE;
    }
}
