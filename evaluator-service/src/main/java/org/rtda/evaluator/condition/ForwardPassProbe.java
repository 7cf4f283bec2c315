package org.rtda.evaluator.condition;

import java.util.Arrays;
import org.rtda.evaluator.context.Batches;
import org.rtda.evaluator.context.CleanBatch;
import org.rtda.evaluator.context.EvaluationContext;
import org.rtda.evaluator.context.Proportions;

/**
 * Checks that the model gives the same outputs for the same images each time, bit for bit: against a model with random
 * outputs an attack proves nothing.
 */
public final class ForwardPassProbe implements ConditionKind {
    public static final String FIGURE = "forward-passes-agree";
    static final int PASSES = 5;

    @Override
    public ConditionResult measure(EvaluationContext judging) {
        int[] sample = Probes.sample(judging);
        int agree = 0;
        for (int[] indices : Batches.of(sample)) {
            CleanBatch batch = judging.clean(indices);
            boolean[] same = new boolean[indices.length];
            Arrays.fill(same, true);
            float[][] first = judging.logits(indices, batch.images());
            for (int pass = 1; pass < PASSES; pass++) {
                float[][] again = judging.logits(indices, batch.images());
                for (int i = 0; i < same.length; i++) {
                    same[i] &= Arrays.equals(first[i], again[i]);
                }
            }
            for (boolean each : same) {
                agree += each ? 1 : 0;
            }
        }
        return ConditionResult.of(Proportions.of(
                FIGURE,
                agree,
                sample.length,
                "share of images of which " + PASSES + " passes say the same, bit for bit"));
    }
}
