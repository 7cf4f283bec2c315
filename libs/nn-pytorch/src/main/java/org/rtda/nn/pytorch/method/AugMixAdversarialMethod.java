package org.rtda.nn.pytorch.method;

import ai.djl.ndarray.NDArray;
import java.util.List;
import java.util.Map;

/** AugMix and adversarial training one after the other: {@code CE(f(PGD(augmix)), y)}. */
record AugMixAdversarialMethod() implements TrainingMethod {

    @Override
    public String name() {
        return "augmix-adversarial";
    }

    @Override
    public String objective() {
        return "CE(f(PGD(augmix)), y)";
    }

    @Override
    public List<View> views() {
        return List.of(View.adversarial("adversarial", View.augmix("augmix")));
    }

    @Override
    public Loss loss(Map<String, NDArray> logits, TrainingLabels targets) {
        return Loss.crossEntropy(Losses.crossEntropy(logits.get("adversarial"), targets));
    }
}
