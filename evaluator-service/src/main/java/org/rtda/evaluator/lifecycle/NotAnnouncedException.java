package org.rtda.evaluator.lifecycle;

import org.rtda.contracts.check.EnvironmentFailure;

/**
 * A message about an evaluation cannot be published at the moment. The record that caused it is valid, so it is tried again, here
 * or by another evaluator, for as long as necessary.
 */
public final class NotAnnouncedException extends RuntimeException implements EnvironmentFailure {
    private static final long serialVersionUID = 1L;

    public NotAnnouncedException(String message, Throwable cause) {
        super(message, cause);
    }
}
