package org.rtda.trainer;

/** The run was told to stop: it was cancelled, or another trainer owns the experiment now. */
public final class TrainingStoppedException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public TrainingStoppedException(String message) {
        super(message);
    }
}
