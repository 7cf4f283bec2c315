package org.rtda.nn.pytorch;

/** A loss, gradient or weight became NaN or infinite. The same inputs would do so again. */
public final class NonFiniteException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    NonFiniteException(String message) {
        super(message);
    }
}
