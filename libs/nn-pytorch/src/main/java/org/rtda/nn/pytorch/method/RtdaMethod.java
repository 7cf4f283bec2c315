package org.rtda.nn.pytorch.method;

import ai.djl.ndarray.NDArray;
import java.util.List;
import java.util.Map;

/** Robust Training with Data Augmentation (arXiv:2506.17133): {@code CE(f(adv), y) + lambda * JSD(clean, augmix, adv)}. */
record RtdaMethod(double lambda) implements TrainingMethod {
    private static final View CLEAN = View.clean("clean");

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
        return List.of(CLEAN, View.augmix("augmix"), View.adversarial("adversarial", CLEAN));
    }

    @Override
    public Loss loss(Map<String, NDArray> logits, TrainingLabels targets) {
        return Loss.withConsistency(
                Losses.crossEntropy(logits.get("adversarial"), targets),
                lambda,
                List.of(logits.get("clean"), logits.get("augmix"), logits.get("adversarial")));
    }
}
