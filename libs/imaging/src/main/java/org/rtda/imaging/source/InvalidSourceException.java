package org.rtda.imaging.source;

/** What somebody gave holds no images that can be taken; the message names the file and says what is wrong and what to do. */
public final class InvalidSourceException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public InvalidSourceException(String message) {
        super(message);
    }

    public InvalidSourceException(String message, Throwable cause) {
        super(message, cause);
    }
}
