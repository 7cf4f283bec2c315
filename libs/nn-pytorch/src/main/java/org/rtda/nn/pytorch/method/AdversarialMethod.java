package org.rtda.nn.pytorch.method;

import ai.djl.ndarray.NDArray;
import java.util.List;
import java.util.Map;

/** Adversarial training (Madry et al., ICLR 2018): {@code CE(f(adversarial), y)}, attacked from the clean view. */
record AdversarialMethod() implements TrainingMethod {

    @Override
    public String name() {
        return "adversarial";
    }

    @Override
    public String objective() {
        return "CE(f(adversarial), y)";
    }

    @Override
    public List<View> views() {
        return List.of(View.adversarial("adversarial", View.clean("clean")));
    }

    @Override
    public Loss loss(Map<String, NDArray> logits, TrainingLabels targets) {
        return Loss.crossEntropy(Losses.crossEntropy(logits.get("adversarial"), targets));
    }
}
