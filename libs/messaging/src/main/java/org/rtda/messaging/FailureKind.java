package org.rtda.messaging;

import org.rtda.contracts.check.EnvironmentFailure;
import org.rtda.contracts.check.InvalidMessageException;
import org.rtda.contracts.check.RequestFailure;

/** Whose fault a failure is, and so what is done about it: the one place that tells. */
public enum FailureKind {
    /** The request's: it is answered with the reason, and nobody tries again. */
    REQUEST,
    /** The surroundings': it is tried again, elsewhere or later, for as long as it takes. */
    ENVIRONMENT,
    /** Nobody's that is known: others try, and after {@value #TRIES} of them the request is to blame. */
    UNKNOWN;

    public static final int TRIES = 3;

    public static FailureKind of(Throwable failure) {
        if (failure instanceof EnvironmentFailure) {
            return ENVIRONMENT;
        }
        return failure instanceof RequestFailure
                        || failure instanceof InvalidMessageException
                        || failure instanceof IllegalArgumentException
                ? REQUEST
                : UNKNOWN;
    }

    /**
     * What people are told of a failure: its own words; of an error, and of a failure without words, also what it is.
     */
    public static String why(Throwable failure) {
        String words = failure.getMessage();
        String name = failure.getClass().getSimpleName();
        if (words == null || words.isBlank()) {
            return name;
        }
        return failure instanceof Error ? name + ": " + words : words;
    }

    /**
     * Whether a delivery that failed in this way is to be answered with the failure, and not left to others. One whose work was interrupted,
     * since its worker stops, never is.
     */
    public boolean isFinal(Delivery delivery) {
        if (delivery.isLeft()) {
            return false;
        }
        return switch (this) {
            case REQUEST -> true;
            case ENVIRONMENT -> false;
            case UNKNOWN -> delivery.count() >= TRIES;
        };
    }
}
