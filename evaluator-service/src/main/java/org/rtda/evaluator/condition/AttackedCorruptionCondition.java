package org.rtda.evaluator.condition;

import org.rtda.evaluator.attack.AttackOrder;
import org.rtda.evaluator.attack.AttackedBatches;
import org.rtda.evaluator.context.EvaluationContext;

/** Every image corrupted, and then attacked around the corrupted image. */
final class AttackedCorruptionCondition implements ConditionKind {
    private final AttackedBatches attacks;

    AttackedCorruptionCondition(AttackedBatches attacks) {
        this.attacks = attacks;
    }

    @Override
    public ConditionResult measure(EvaluationContext judging) throws InterruptedException {
        ConditionCorruption corruption = new ConditionCorruption(judging);
        AnswerCollector sheet = new AnswerCollector();
        attacks.run(
                judging,
                AttackOrder.on(judging, judging.condition().attack()),
                AttackedBatches.parts(judging.indices()),
                corruption::of,
                (part, batch, adversarial, zeroGradients) ->
                        sheet.add(batch, judging.logits(batch.indices(), adversarial)));
        return ConditionResult.of(sheet.answers());
    }
}
