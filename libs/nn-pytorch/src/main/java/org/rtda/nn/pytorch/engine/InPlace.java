package org.rtda.nn.pytorch.engine;

import ai.djl.ndarray.NDArray;

/** Arithmetic on arrays that keeps its result in one of them; outside of gradient recording only. */
public final class InPlace {
    private InPlace() {}

    /** {@code to += factor * what}. */
    public static void addScaled(NDArray to, NDArray what, double factor) {
        try (NDArray scaled = what.mul(factor)) {
            to.addi(scaled);
        }
    }

    /** {@code average = decay * average + (1 - decay) * value}. */
    public static void average(NDArray average, NDArray value, double decay) {
        average.muli(decay);
        addScaled(average, value, 1 - decay);
    }
}
