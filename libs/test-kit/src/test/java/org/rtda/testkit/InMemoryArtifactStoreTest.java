package org.rtda.testkit;

import org.rtda.store.ArtifactStore;
import org.rtda.store.InMemoryArtifactStore;

class InMemoryArtifactStoreTest extends ArtifactStoreContract {
    private final ArtifactStore store = new InMemoryArtifactStore();

    @Override
    protected ArtifactStore store() {
        return store;
    }
}
