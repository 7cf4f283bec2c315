package org.rtda.store;

/** Something is wrong with an object or with the store; which of the two decides whether a retry can help. */
public abstract sealed class ArtifactException extends RuntimeException
        permits ArtifactMissingException, ArtifactCorruptException, ArtifactStoreUnavailableException {
    private static final long serialVersionUID = 1L;

    ArtifactException(String message, Throwable cause) {
        super(message, cause);
    }
}
