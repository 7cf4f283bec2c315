package org.rtda.evaluator.condition;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.rtda.core.ImageBatch;
import org.rtda.evaluator.attack.AttackOrder;
import org.rtda.evaluator.attack.AttackedBatches;
import org.rtda.evaluator.context.CleanBatch;
import org.rtda.evaluator.context.EvaluationContext;
import org.rtda.evaluator.context.Proportions;
import org.rtda.evaluator.suite.SuiteSubject;

/**
 * Checks that the same attack request gives the same images, bit for bit: PGD in the training ball is requested twice
 * under two ids, so that two workers may answer.
 */
public final class AttackReplayProbe implements ConditionKind {
    public static final String FIGURE = "attack-replays-agree";

    private final AttackedBatches attacks;

    AttackReplayProbe(AttackedBatches attacks) {
        this.attacks = attacks;
    }

    @Override
    public ConditionResult measure(EvaluationContext judging) throws InterruptedException {
        SuiteSubject subject = SuiteSubject.of(judging.checkpoint(), judging.manifest());
        AttackOrder order = AttackOrder.on(judging, subject.pgdOfTheTrainingBall());
        int[] sample = Probes.sample(judging);
        List<AttackedBatches.Part> twice = new ArrayList<>();
        for (AttackedBatches.Part part : AttackedBatches.parts(sample)) {
            twice.add(part);
            twice.add(new AttackedBatches.Part(part.step(), 1, part.indices()));
        }
        Comparison comparison = new Comparison();
        attacks.run(judging, order, twice, comparison);
        return ConditionResult.of(Proportions.of(
                FIGURE,
                comparison.agree,
                sample.length,
                "share of images that are the same, bit for bit, when asked for twice"));
    }

    private static final class Comparison implements AttackedBatches.Receiver {
        private ImageBatch first;
        private int agree;

        @Override
        public void receive(
                AttackedBatches.Part part, CleanBatch batch, ImageBatch adversarial, Integer zeroGradients) {
            if (part.shard() == 0) {
                first = adversarial;
                return;
            }
            for (int i = 0; i < adversarial.count(); i++) {
                agree += Arrays.equals(
                                first.slice(i, i + 1).pixels(),
                                adversarial.slice(i, i + 1).pixels())
                        ? 1
                        : 0;
            }
        }
    }
}
