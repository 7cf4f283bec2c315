package org.rtda.nn.pytorch;

import ai.djl.ndarray.NDArray;
import java.util.List;
import java.util.Map;

/** Robust Training with Data Augmentation (arXiv:2506.17133): {@code CE(f(adv), y) + lambda * JSD(clean, augmix, adv)}. */
record RtdaMethod(double lambda) implements TrainingMethod {

    RtdaMethod {
        Methods.requireWeight("lambda", lambda);
    }

    @Override
    public String name() {
        return "rtda";
    }

    @Override
    public String objective() {
        return "CE(f(adversarial), y) + " + lambda + " * JSD(clean, augmix, adversarial)";
    }

    @Override
    public List<View> views() {
        return List.of(View.clean("clean"), View.augmix("augmix"), View.adversarial("adversarial", "clean"));
    }

    @Override
    public Loss loss(Map<String, NDArray> logits, Targets targets) {
        NDArray crossEntropy = Losses.crossEntropy(logits.get("adversarial"), targets);
        NDArray jensenShannon =
                Losses.jensenShannon(List.of(logits.get("clean"), logits.get("augmix"), logits.get("adversarial")));
        return new Loss(
                crossEntropy.add(Losses.scaled(lambda, jensenShannon)),
                Map.of("cross-entropy", crossEntropy, "jensen-shannon", jensenShannon));
    }
}
