package org.rtda.evaluator;

/** Every image corrupted, and then attacked around the corrupted image. */
final class AttackedCorruption implements ConditionKind {
    private final AttackRun attacks;

    AttackedCorruption(AttackRun attacks) {
        this.attacks = attacks;
    }

    @Override
    public ConditionResult measure(Judging judging) throws InterruptedException {
        Corrupting corruption = new Corrupting(judging);
        AnswerSheet sheet = new AnswerSheet();
        attacks.run(
                judging,
                AttackOrder.on(judging, judging.condition().attack()),
                AttackRun.parts(judging.indices()),
                corruption::of,
                (part, batch, adversarial, zeroGradients) ->
                        sheet.add(batch, judging.logits(batch.indices(), adversarial)));
        return ConditionResult.of(sheet.answers());
    }
}
