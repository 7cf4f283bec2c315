package org.rtda.trainer;

import org.rtda.contracts.ObjectKeys;
import org.rtda.store.ArtifactStore;

/**
 * Removes what attempts at experiments that have ended left in the store. Whoever ends one removes what is there; workers may answer the
 * requests of a trainer that died long after that.
 */
final class TransientSweep implements Runnable {
    private final ArtifactStore store;
    private final Attempts attempts;

    TransientSweep(ArtifactStore store, Attempts attempts) {
        this.store = store;
        this.attempts = attempts;
    }

    /** @throws org.rtda.store.ArtifactStoreUnavailableException when the store is away; the next sweep removes the rest */
    @Override
    public void run() {
        store.list(ObjectKeys.TRANSIENTS).stream().filter(this::isLeft).forEach(store::delete);
    }

    private boolean isLeft(String key) {
        return ObjectKeys.experimentOfTransient(key)
                .filter(id -> attempts.ended(id).isPresent() && ObjectKeys.isOfAttemptUpTo(key, attempts.last(id)))
                .isPresent();
    }
}
