package org.rtda.trainer;

/** The experiment cannot go on, and trying again cannot help; the message is the reason that people read. */
public class TrainingFailedException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public TrainingFailedException(String message) {
        super(message);
    }

    public TrainingFailedException(String message, Throwable cause) {
        super(message, cause);
    }
}
