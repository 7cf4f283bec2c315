package org.rtda.trainer;

/** Another trainer owns the experiment: nothing that this one would say or write counts any more. */
final class OwnershipLostException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final long attempt;

    OwnershipLostException(String experimentId, long attempt) {
        super("experiment " + experimentId + ": attempt " + attempt + " has been overtaken by another trainer");
        this.attempt = attempt;
    }

    /** The one that was overtaken. */
    long attempt() {
        return attempt;
    }
}
