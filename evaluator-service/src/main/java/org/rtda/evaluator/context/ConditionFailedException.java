package org.rtda.evaluator.context;

/** A condition cannot be measured, now or later. The message is the reason that is published. */
public final class ConditionFailedException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    ConditionFailedException(String message) {
        super(message);
    }
}
