package org.rtda.evaluator;

/** Whether the loss has a gradient for an attack to follow: FGSM in the training ball, whose images are not looked at. */
final class GradientProbe implements ConditionKind {
    static final String FIGURE = "gradient-present";

    private final AttackRun attacks;

    GradientProbe(AttackRun attacks) {
        this.attacks = attacks;
    }

    @Override
    public ConditionResult measure(Judging judging) throws InterruptedException {
        SuiteSubject subject = SuiteSubject.of(judging.checkpoint(), judging.manifest());
        AttackOrder order = AttackOrder.on(judging, subject.inTheTrainingBall("fgsm"));
        int[] sample = Probes.sample(judging);
        int[] zero = new int[1];
        attacks.run(judging, order, AttackRun.parts(sample), (part, batch, adversarial, zeroGradients) -> {
            if (zeroGradients == null || zeroGradients > batch.indices().length) {
                throw EvaluatorFailure.GRADIENTS_NOT_LOOKED_AT.with(
                        judging.condition().label());
            }
            zero[0] += zeroGradients;
        });
        return ConditionResult.of(Shares.of(
                FIGURE,
                sample.length - zero[0],
                sample.length,
                "share of images whose loss has a gradient that is not zero"));
    }
}
