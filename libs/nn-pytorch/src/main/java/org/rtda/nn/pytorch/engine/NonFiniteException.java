package org.rtda.nn.pytorch.engine;

/** A loss, gradient, weight or logit became NaN or infinite. The same inputs would do so again. */
public final class NonFiniteException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public NonFiniteException(String message) {
        super(message);
    }
}
