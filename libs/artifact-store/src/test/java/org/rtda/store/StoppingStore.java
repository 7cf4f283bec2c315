package org.rtda.store;

import java.util.List;
import java.util.Optional;
import org.rtda.contracts.dataset.ObjectRef;

/** A store that goes away after a number of writes, and counts reads. */
class StoppingStore implements ArtifactStore {
    private final ArtifactStore objects = new InMemoryArtifactStore();
    private int writesLeft;
    private int reads;

    StoppingStore(int writes) {
        this.writesLeft = writes;
    }

    @Override
    public ObjectRef put(String key, byte[] content) {
        if (writesLeft-- <= 0) {
            throw new ArtifactStoreUnavailableException("stopped", null);
        }
        return objects.put(key, content);
    }

    @Override
    public synchronized byte[] get(ObjectRef ref) {
        reads++;
        return objects.get(ref);
    }

    synchronized int reads() {
        return reads;
    }

    @Override
    public Optional<byte[]> find(String key) {
        return objects.find(key);
    }

    @Override
    public List<String> list(String prefix) {
        return objects.list(prefix);
    }

    @Override
    public void delete(String key) {
        objects.delete(key);
    }
}
