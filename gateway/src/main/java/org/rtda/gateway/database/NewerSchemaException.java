package org.rtda.gateway.database;

/** The database was written by a newer gateway, whose schema this one does not know. */
public final class NewerSchemaException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    NewerSchemaException(String message) {
        super(message);
    }
}
