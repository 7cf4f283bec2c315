package org.rtda.evaluator;

import org.rtda.contracts.SourceModel;

/** Images made against another model. */
final class Transferred implements ConditionKind {
    private final AttackRun attacks;

    Transferred(AttackRun attacks) {
        this.attacks = attacks;
    }

    @Override
    public ConditionResult measure(Judging judging) throws InterruptedException {
        SourceModel source = judging.condition().source();
        AttackOrder order = new AttackOrder(
                "",
                source.network(),
                source.weights(),
                source.normalization(),
                judging.condition().attack(),
                null);
        AnswerSheet sheet = new AnswerSheet();
        attacks.run(
                judging,
                order,
                AttackRun.parts(judging.indices()),
                (part, batch, adversarial, zeroGradients) ->
                        sheet.add(batch, judging.logits(batch.indices(), adversarial)));
        return ConditionResult.of(sheet.answers());
    }
}
