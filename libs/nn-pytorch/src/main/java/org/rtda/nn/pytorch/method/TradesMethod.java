package org.rtda.nn.pytorch.method;

import ai.djl.ndarray.NDArray;
import java.util.List;
import java.util.Map;
import org.rtda.nn.pytorch.attack.AttackObjective;

/**
 * TRADES (Zhang et al., ICML 2019): {@code CE(f(clean), y) + beta * KL(p(clean) || p(adversarial))}, where the attack raises
 * that divergence. The attack starts anywhere in the ball, as the other methods' do, where the authors' begins close to
 * the clean image.
 */
record TradesMethod(double beta) implements TrainingMethod {
    private static final View CLEAN = View.clean("clean");

    @Override
    public String name() {
        return "trades";
    }

    @Override
    public String objective() {
        return "CE(f(clean), y) + " + beta + " * KL(clean || adversarial)";
    }

    @Override
    public List<View> views() {
        return List.of(CLEAN, View.adversarial("adversarial", CLEAN, AttackObjective.KL_DIVERGENCE));
    }

    @Override
    public Loss loss(Map<String, NDArray> logits, TrainingLabels targets) {
        NDArray crossEntropy = Losses.crossEntropy(logits.get("clean"), targets);
        NDArray divergence = Losses.divergence(logits.get("clean"), logits.get("adversarial"));
        return new Loss(
                crossEntropy.add(Losses.scaled(beta, divergence)),
                Map.of("cross-entropy", crossEntropy, "kl-divergence", divergence));
    }
}
