package org.rtda.evaluator.attack;

import java.util.Optional;
import org.rtda.contracts.settings.AttackSettings;
import org.rtda.core.ImageBatch;
import org.rtda.evaluator.context.ConditionFailedException;
import org.rtda.evaluator.context.EvaluatorFailure;
import org.rtda.store.batch.BatchCheck;
import org.rtda.store.batch.BatchFlaw;

/** Checks the adversarial images that an attack worker sent: shape, range and distance from the original ({@link BatchCheck}). */
public final class PerturbationCheck {
    private PerturbationCheck() {}

    /**
     * @param request names the answer in the reason
     * @return the images with rounding outside [0,1] cut off
     * @throws ConditionFailedException when a check fails
     */
    static ImageBatch accept(String request, AttackSettings attack, ImageBatch clean, ImageBatch adversarial) {
        require(request, BatchCheck.perturbation(attack, clean, adversarial));
        float[] pixels = adversarial.pixels().clone();
        for (int i = 0; i < pixels.length; i++) {
            pixels[i] = Math.min(1f, Math.max(0f, pixels[i]));
        }
        return new ImageBatch(clean.count(), clean.channels(), clean.height(), clean.width(), pixels);
    }

    /** @throws ConditionFailedException when there is a flaw */
    static void require(String request, Optional<BatchFlaw> flaw) {
        if (flaw.isPresent()) {
            throw failure(request, flaw.get());
        }
    }

    private static ConditionFailedException failure(String request, BatchFlaw flaw) {
        if (flaw instanceof BatchFlaw.Shape shape) {
            return EvaluatorFailure.ATTACK_SHAPE.with(request, shape.found(), shape.wanted());
        }
        if (flaw instanceof BatchFlaw.OutsideRange range) {
            return EvaluatorFailure.ATTACK_OUTSIDE_RANGE.with(request, range.pixel(), range.image());
        }
        BatchFlaw.OutsideBall ball = (BatchFlaw.OutsideBall) flaw;
        return EvaluatorFailure.ATTACK_OUTSIDE_BALL.with(
                request, ball.norm(), ball.distance(), ball.epsilon(), ball.image());
    }
}
