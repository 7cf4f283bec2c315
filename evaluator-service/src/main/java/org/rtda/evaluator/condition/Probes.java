package org.rtda.evaluator.condition;

import java.util.Map;
import org.rtda.evaluator.attack.AttackedBatches;
import org.rtda.evaluator.context.Batches;
import org.rtda.evaluator.context.EvaluationContext;

/** The conditions that check whether a model can be evaluated at all, rather than how robust it is. */
final class Probes implements ConditionKind {
    /** Images that a probe looks at, drawn by class. */
    private static final int IMAGES = 4 * Batches.IMAGES;

    private final Map<String, ConditionKind> byName;

    Probes(AttackedBatches attacks) {
        this.byName = Map.of(
                "gradients", new GradientProbe(attacks),
                "forward-passes", new ForwardPassProbe(),
                "attack-replay", new AttackReplayProbe(attacks),
                "logits", new LogitProbe());
    }

    @Override
    public ConditionResult measure(EvaluationContext judging) throws InterruptedException {
        return byName.get(judging.condition().probe()).measure(judging);
    }

    /** Of the images that a probe looks at. */
    static int[] sample(EvaluationContext judging) {
        return judging.sample(IMAGES);
    }
}
