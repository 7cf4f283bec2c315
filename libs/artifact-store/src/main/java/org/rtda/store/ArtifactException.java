package org.rtda.store;

/** Something is wrong with an object or with the store; which of the two decides whether a retry can help. */
public abstract sealed class ArtifactException extends RuntimeException
        permits ArtifactMissingException, ArtifactCorruptException, ArtifactStoreUnavailableException {
    private static final long serialVersionUID = 1L;

    ArtifactException(String message, Throwable cause) {
        super(message, cause);
    }

    /** Key of the object that is missing or altered, with which whoever wrote it can write it again; null where the failure is another. */
    public static String brokenObject(Throwable failure) {
        if (failure instanceof ArtifactMissingException missing) {
            return missing.key();
        }
        return failure instanceof ArtifactCorruptException corrupt ? corrupt.key() : null;
    }
}
