package org.rtda.nn.pytorch.method;

import ai.djl.ndarray.NDArray;
import java.util.List;
import java.util.Map;

/** Standard training (empirical risk minimisation): {@code CE(f(clean), y)}. */
record ErmMethod() implements TrainingMethod {

    @Override
    public String name() {
        return "erm";
    }

    @Override
    public String objective() {
        return "CE(f(clean), y)";
    }

    @Override
    public List<View> views() {
        return List.of(View.clean("clean"));
    }

    @Override
    public Loss loss(Map<String, NDArray> logits, TrainingLabels targets) {
        return Loss.crossEntropy(Losses.crossEntropy(logits.get("clean"), targets));
    }
}
