package org.rtda.stack;

/** The stack cannot run; the message is the one line that a person reads. */
final class StackFailure extends RuntimeException {
    private static final long serialVersionUID = 1L;

    StackFailure(String message) {
        super(message);
    }

    StackFailure(String message, Throwable cause) {
        super(message, cause);
    }
}
