package org.rtda.evaluator.lifecycle;

import org.rtda.contracts.check.EnvironmentFailure;

/**
 * What is to be said of an evaluation cannot be published at the moment. Whatever the cause, the record that calls for it is valid:
 * it is tried again, here or by another evaluator, for as long as it takes.
 */
public final class NotAnnouncedException extends RuntimeException implements EnvironmentFailure {
    private static final long serialVersionUID = 1L;

    public NotAnnouncedException(String message, Throwable cause) {
        super(message, cause);
    }
}
