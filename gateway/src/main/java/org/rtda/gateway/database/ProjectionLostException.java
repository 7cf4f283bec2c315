package org.rtda.gateway.database;

/** Another gateway projects, or has projected meanwhile: nothing was written, and the positions have to be read again. */
public final class ProjectionLostException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public ProjectionLostException(String message) {
        super(message);
    }
}
