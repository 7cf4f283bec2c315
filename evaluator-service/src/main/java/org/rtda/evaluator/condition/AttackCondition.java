package org.rtda.evaluator.condition;

import java.util.ArrayList;
import java.util.List;
import org.rtda.contracts.Figure;
import org.rtda.contracts.dataset.HealthyClass;
import org.rtda.contracts.settings.Condition;
import org.rtda.evaluator.attack.AttackOrder;
import org.rtda.evaluator.attack.AttackedBatches;
import org.rtda.evaluator.context.EvaluationContext;
import org.rtda.evaluator.context.EvaluatorFailure;
import org.rtda.evaluator.context.Proportions;
import org.rtda.evaluator.figures.Figures;
import org.rtda.evaluator.figures.ModelAnswers;

/**
 * Every image attacked; with a goal only those that it is about: the diseased ones for {@code miss}, pulled to the healthy
 * class, the healthy ones for {@code false-alarm}, pulled to the disease where there is one, else to any.
 */
final class AttackCondition implements ConditionKind {
    private static final String MISS = "miss";

    private final AttackedBatches attacks;

    AttackCondition(AttackedBatches attacks) {
        this.attacks = attacks;
    }

    @Override
    public ConditionResult measure(EvaluationContext judging) throws InterruptedException {
        Condition condition = judging.condition();
        AttackOrder order = AttackOrder.on(judging, condition.attack());
        if (condition.goal() == null) {
            return attack(judging, order, judging.indices());
        }
        int healthy = healthyClass(judging);
        boolean miss = condition.goal().equals(MISS);
        int[] concerned = judging.indicesOfClass(healthy, !miss);
        if (concerned.length == 0) {
            throw EvaluatorFailure.NO_IMAGES_CONCERNED.with(
                    condition.split(), miss ? "diseased" : "healthy", condition.label());
        }
        boolean oneDisease = judging.manifest().classes().size() == 2;
        Integer wanted = miss ? Integer.valueOf(healthy) : oneDisease ? Integer.valueOf(1 - healthy) : null;
        ConditionResult result = attack(judging, order.towards(wanted), concerned);
        List<Figure> figures = new ArrayList<>(result.figures());
        figures.add(reached(result.answers(), healthy, miss));
        return new ConditionResult(result.answers(), figures, result.turned());
    }

    private ConditionResult attack(EvaluationContext judging, AttackOrder order, int[] indices)
            throws InterruptedException {
        AnswerCollector sheet = new AnswerCollector();
        MisledImages turned = new MisledImages(judging);
        attacks.run(judging, order, AttackedBatches.parts(indices), (part, batch, adversarial, zeroGradients) -> {
            float[][] said = judging.logits(batch.indices(), adversarial);
            sheet.add(batch, said);
            turned.look(batch, adversarial, said);
        });
        return new ConditionResult(sheet.answers(), List.of(), turned.pictures());
    }

    private static int healthyClass(EvaluationContext judging) {
        return HealthyClass.of(judging.manifest())
                .orElseThrow(() -> EvaluatorFailure.NO_HEALTHY_CLASS.with(
                        judging.condition().label(), judging.manifest().name()))
                .label();
    }

    /** How often the goal was reached, which with several diseases is less than how often the model was wrong. */
    private static Figure reached(ModelAnswers answers, int healthy, boolean miss) {
        int reached = 0;
        for (float[] row : answers.logits()) {
            reached += (Figures.likeliest(row) == healthy) == miss ? 1 : 0;
        }
        return Proportions.of(
                miss ? "miss-rate" : "false-alarm-rate",
                reached,
                answers.logits().length,
                miss
                        ? "share of the diseased images taken for healthy"
                        : "share of the healthy images taken for diseased");
    }
}
