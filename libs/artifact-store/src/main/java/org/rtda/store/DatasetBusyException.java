package org.rtda.store;

/** A data set cannot be removed while it is in use, and cannot be used while it is removed. Nothing was changed. */
public final class DatasetBusyException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    DatasetBusyException(String message) {
        super(message);
    }
}
