package org.rtda.nn.pytorch.method;

import ai.djl.ndarray.NDArray;
import java.util.List;
import java.util.Map;

/** AugMix (Hendrycks et al., ICLR 2020): {@code CE(f(clean), y) + lambda * JSD(clean, augmix-1, augmix-2)}. */
record AugMixMethod(double lambda) implements TrainingMethod {

    @Override
    public String name() {
        return "augmix";
    }

    @Override
    public String objective() {
        return "CE(f(clean), y) + " + lambda + " * JSD(clean, augmix-1, augmix-2)";
    }

    @Override
    public List<View> views() {
        return List.of(View.clean("clean"), View.augmix("augmix-1"), View.augmix("augmix-2"));
    }

    @Override
    public Loss loss(Map<String, NDArray> logits, TrainingLabels targets) {
        return Loss.withConsistency(
                Losses.crossEntropy(logits.get("clean"), targets),
                lambda,
                List.of(logits.get("clean"), logits.get("augmix-1"), logits.get("augmix-2")));
    }
}
