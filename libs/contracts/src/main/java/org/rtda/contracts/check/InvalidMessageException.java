package org.rtda.contracts.check;

/** Bytes cannot be read as the message or stored document that they should be. Trying again cannot help. */
public final class InvalidMessageException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public InvalidMessageException(String message, Throwable cause) {
        super(message, cause);
    }
}
