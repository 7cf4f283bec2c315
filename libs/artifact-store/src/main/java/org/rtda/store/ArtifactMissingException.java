package org.rtda.store;

import org.rtda.contracts.check.RequestFailure;

/** There is no such object. Trying again cannot help: objects are written before they are named. */
public final class ArtifactMissingException extends ArtifactException implements RequestFailure {
    private static final long serialVersionUID = 1L;

    private final String key;

    public ArtifactMissingException(String key) {
        super("object " + key + " is missing from the store", null);
        this.key = key;
    }

    String key() {
        return key;
    }
}
