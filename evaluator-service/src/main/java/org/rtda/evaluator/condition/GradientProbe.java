package org.rtda.evaluator.condition;

import org.rtda.evaluator.attack.AttackOrder;
import org.rtda.evaluator.attack.AttackedBatches;
import org.rtda.evaluator.context.EvaluationContext;
import org.rtda.evaluator.context.EvaluatorFailure;
import org.rtda.evaluator.context.Proportions;
import org.rtda.evaluator.suite.SuiteSubject;

/** Whether the loss has a gradient for an attack to follow: FGSM in the training ball, whose images are not looked at. */
public final class GradientProbe implements ConditionKind {
    public static final String FIGURE = "gradient-present";

    private final AttackedBatches attacks;

    GradientProbe(AttackedBatches attacks) {
        this.attacks = attacks;
    }

    @Override
    public ConditionResult measure(EvaluationContext judging) throws InterruptedException {
        SuiteSubject subject = SuiteSubject.of(judging.checkpoint(), judging.manifest());
        AttackOrder order = AttackOrder.on(judging, subject.inTheTrainingBall("fgsm"));
        int[] sample = Probes.sample(judging);
        int[] zero = new int[1];
        attacks.run(judging, order, AttackedBatches.parts(sample), (part, batch, adversarial, zeroGradients) -> {
            if (zeroGradients == null || zeroGradients > batch.indices().length) {
                throw EvaluatorFailure.GRADIENTS_NOT_LOOKED_AT.with(
                        judging.condition().label());
            }
            zero[0] += zeroGradients;
        });
        return ConditionResult.of(Proportions.of(
                FIGURE,
                sample.length - zero[0],
                sample.length,
                "share of images whose loss has a gradient that is not zero"));
    }
}
