package org.rtda.evaluator.condition;

import org.rtda.contracts.settings.SourceModel;
import org.rtda.evaluator.attack.AttackOrder;
import org.rtda.evaluator.attack.AttackedBatches;
import org.rtda.evaluator.context.EvaluationContext;

/** Images made against another model. */
final class TransferCondition implements ConditionKind {
    private final AttackedBatches attacks;

    TransferCondition(AttackedBatches attacks) {
        this.attacks = attacks;
    }

    @Override
    public ConditionResult measure(EvaluationContext judging) throws InterruptedException {
        SourceModel source = judging.condition().source();
        AttackOrder order = new AttackOrder(
                "",
                source.network(),
                source.weights(),
                source.normalization(),
                judging.condition().attack(),
                null);
        AnswerCollector sheet = new AnswerCollector();
        attacks.run(
                judging,
                order,
                AttackedBatches.parts(judging.indices()),
                (part, batch, adversarial, zeroGradients) ->
                        sheet.add(batch, judging.logits(batch.indices(), adversarial)));
        return ConditionResult.of(sheet.answers());
    }
}
