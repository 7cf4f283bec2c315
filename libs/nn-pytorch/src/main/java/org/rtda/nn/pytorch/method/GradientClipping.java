package org.rtda.nn.pytorch.method;

import ai.djl.ndarray.NDArray;
import java.util.Collection;
import org.rtda.nn.pytorch.engine.NonFiniteException;

/** Bounds the length of a whole gradient, as {@code torch.nn.utils.clip_grad_norm_} does. */
final class GradientClipping {
    private GradientClipping() {}

    /**
     * Scales the arrays in place so that their common L2 norm is at most {@code largest}.
     *
     * @throws NonFiniteException when the norm is NaN or infinite
     */
    static void clip(Collection<NDArray> gradients, double largest) {
        double squares = 0;
        for (NDArray gradient : gradients) {
            try (NDArray square = gradient.square();
                    NDArray sum = square.sum()) {
                squares += sum.getFloat();
            }
        }
        double norm = Math.sqrt(squares);
        if (!Double.isFinite(norm)) {
            throw new NonFiniteException("the norm of the gradient became " + norm);
        }
        double scale = largest / (norm + 1e-6);
        if (scale < 1) {
            gradients.forEach(gradient -> gradient.muli(scale));
        }
    }
}
