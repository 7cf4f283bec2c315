package org.rtda.contracts.check;

/** Bytes cannot be read as the message or stored document that they should be. Trying again cannot help. */
public final class InvalidMessageException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /** Of characters: a message may quote a value, which may be as long as a record. */
    private static final int LONGEST = 1000;

    public InvalidMessageException(String message, Throwable cause) {
        super(message.length() > LONGEST ? message.substring(0, LONGEST) + "..." : message, cause);
    }
}
