package org.rtda.contracts.check;

/** Bytes that should be a message or a stored document are not. Trying again cannot help. */
public final class InvalidMessageException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public InvalidMessageException(String message, Throwable cause) {
        super(message, cause);
    }
}
