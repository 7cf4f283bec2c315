package org.rtda.store;

import org.rtda.contracts.check.EnvironmentFailure;

/** The store cannot be reached or refuses to serve; the message says where it is and what to do. A retry may help. */
public final class ArtifactStoreUnavailableException extends ArtifactException implements EnvironmentFailure {
    private static final long serialVersionUID = 1L;

    public ArtifactStoreUnavailableException(String message, Throwable cause) {
        super(message, cause);
    }
}
