package org.rtda.nn.pytorch.method;

import ai.djl.ndarray.NDArray;
import java.util.List;
import java.util.Map;

/** RobustAugMix (NeurIPS 2022 workshop): {@code CE(f(clean), y) + lambda * JSD(clean, augmix, adversarial)}. */
record RobustAugMixMethod(double lambda) implements TrainingMethod {
    private static final View CLEAN = View.clean("clean");

    @Override
    public String name() {
        return "robust-augmix";
    }

    @Override
    public String objective() {
        return "CE(f(clean), y) + " + lambda + " * JSD(clean, augmix, adversarial)";
    }

    @Override
    public List<View> views() {
        return List.of(CLEAN, View.augmix("augmix"), View.adversarial("adversarial", CLEAN));
    }

    @Override
    public Loss loss(Map<String, NDArray> logits, TrainingLabels targets) {
        return Loss.withConsistency(
                Losses.crossEntropy(logits.get("clean"), targets),
                lambda,
                List.of(logits.get("clean"), logits.get("augmix"), logits.get("adversarial")));
    }
}
