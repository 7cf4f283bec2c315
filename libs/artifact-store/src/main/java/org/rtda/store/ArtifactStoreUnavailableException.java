package org.rtda.store;

import org.rtda.contracts.check.EnvironmentFailure;

/** The store cannot be reached or refuses to serve; the message says where it is and what to do. A retry may help. */
public final class ArtifactStoreUnavailableException extends ArtifactException implements EnvironmentFailure {
    private static final long serialVersionUID = 1L;

    private final boolean refusesKeys;

    public ArtifactStoreUnavailableException(String message, Throwable cause) {
        this(message, cause, false);
    }

    ArtifactStoreUnavailableException(String message, Throwable cause, boolean refusesKeys) {
        super(message, cause);
        this.refusesKeys = refusesKeys;
    }

    /** Whether the store answers, but not to these keys: waiting does not help whoever has just begun with them. */
    public boolean refusesKeys() {
        return refusesKeys;
    }
}
