package org.rtda.trainer;

/**
 * A worker cannot answer, because an object that the request names is missing or altered, or has answered with a batch that nobody asked
 * for. Whoever asked may write the object again and ask again.
 */
final class BrokenObjectException extends TrainingFailedException {
    private static final long serialVersionUID = 1L;

    private final String object;

    /** @param object its key */
    BrokenObjectException(String message, String object) {
        super(message);
        this.object = object;
    }

    String object() {
        return object;
    }
}
