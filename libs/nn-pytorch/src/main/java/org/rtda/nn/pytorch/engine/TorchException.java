package org.rtda.nn.pytorch.engine;

/** The engine cannot do what it was asked, for reasons outside the numbers. */
public final class TorchException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    TorchException(String message, Throwable cause) {
        super(message, cause);
    }
}
