package org.rtda.trainer;

/** A worker cannot answer, because an object that the request names is missing or altered. Whoever wrote it may write it again and ask again. */
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
