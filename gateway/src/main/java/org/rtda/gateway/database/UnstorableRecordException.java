package org.rtda.gateway.database;

/** The database answers, and does not take what a record of the batch holds: whatever is tried again, it is refused. */
public final class UnstorableRecordException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    UnstorableRecordException(String message, Throwable cause) {
        super(message, cause);
    }
}
