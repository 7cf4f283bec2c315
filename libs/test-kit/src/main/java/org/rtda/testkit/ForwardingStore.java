package org.rtda.testkit;

import java.io.InputStream;
import java.util.List;
import java.util.Optional;
import org.rtda.contracts.dataset.ObjectRef;
import org.rtda.store.ArtifactStore;

/** A store that does what another does, but for what a test overrides. */
public class ForwardingStore implements ArtifactStore {
    private final ArtifactStore inner;

    protected ForwardingStore(ArtifactStore inner) {
        this.inner = inner;
    }

    @Override
    public ObjectRef put(String key, byte[] content) {
        return inner.put(key, content);
    }

    @Override
    public byte[] get(ObjectRef ref) {
        return inner.get(ref);
    }

    @Override
    public void verify(ObjectRef ref) {
        inner.verify(ref);
    }

    @Override
    public InputStream open(ObjectRef ref, long from, long length) {
        return inner.open(ref, from, length);
    }

    @Override
    public Optional<byte[]> find(String key) {
        return inner.find(key);
    }

    @Override
    public List<String> list(String prefix) {
        return inner.list(prefix);
    }

    @Override
    public void delete(String key) {
        inner.delete(key);
    }
}
