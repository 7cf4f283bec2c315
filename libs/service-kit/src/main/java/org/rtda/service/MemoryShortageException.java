package org.rtda.service;

/** There was no memory for the work. It says nothing about what was asked: others are to try, or this worker later. */
public final class MemoryShortageException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public MemoryShortageException(String message, Throwable cause) {
        super(message, cause);
    }
}
