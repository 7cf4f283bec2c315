package org.rtda.evaluator.attack;

import java.util.Arrays;
import org.rtda.contracts.settings.AttackSettings;
import org.rtda.core.ImageBatch;
import org.rtda.evaluator.context.EvaluatorFailure;

/**
 * The judge's own look at what an attacker sent: same shape, pixels in [0,1] up to {@value #RANGE_TOLERANCE}, and every
 * image within {@code epsilon * (1 + 1e-5)} of the clean one in the attack's norm, computed in double precision.
 */
public final class PerturbationCheck {
    static final double RANGE_TOLERANCE = 1e-6;
    static final double NORM_TOLERANCE = 1e-5;

    private PerturbationCheck() {}

    /**
     * @param request names the answer in the reason
     * @return the images with rounding outside [0,1] cut off
     * @throws ConditionFailedException when a check fails
     */
    static ImageBatch accept(String request, AttackSettings attack, ImageBatch clean, ImageBatch adversarial) {
        if (!Arrays.equals(clean.shape(), adversarial.shape())) {
            throw EvaluatorFailure.ATTACK_SHAPE.with(
                    request, Arrays.toString(adversarial.shape()), Arrays.toString(clean.shape()));
        }
        boolean linf = attack.norm().equals("linf");
        double limit = attack.epsilon() * (1 + NORM_TOLERANCE);
        float[] pixels = adversarial.pixels().clone();
        int size = clean.imageSize();
        for (int image = 0; image < clean.count(); image++) {
            double largest = 0;
            double squares = 0;
            for (int i = image * size; i < (image + 1) * size; i++) {
                double pixel = pixels[i];
                if (!(pixel >= -RANGE_TOLERANCE && pixel <= 1 + RANGE_TOLERANCE)) {
                    throw EvaluatorFailure.ATTACK_OUTSIDE_RANGE.with(request, pixels[i], image);
                }
                double difference = pixel - clean.pixels()[i];
                largest = Math.max(largest, Math.abs(difference));
                squares += difference * difference;
                pixels[i] = Math.min(1f, Math.max(0f, pixels[i]));
            }
            double norm = linf ? largest : Math.sqrt(squares);
            if (norm > limit) {
                throw EvaluatorFailure.ATTACK_OUTSIDE_BALL.with(
                        request, linf ? "Linf" : "L2", norm, attack.epsilon(), image);
            }
        }
        return new ImageBatch(clean.count(), clean.channels(), clean.height(), clean.width(), pixels);
    }
}
