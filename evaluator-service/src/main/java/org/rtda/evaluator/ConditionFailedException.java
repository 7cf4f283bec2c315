package org.rtda.evaluator;

/** A condition cannot be measured, now or later. The message is the reason that is published. */
final class ConditionFailedException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    ConditionFailedException(String message) {
        super(message);
    }
}
