package org.rtda.testkit;

import java.io.InputStream;
import java.util.List;
import java.util.Optional;
import org.rtda.contracts.dataset.ObjectRef;
import org.rtda.store.ArtifactStore;

/** A store of which nothing is asked, but for what a test overrides: any other call fails the test and names its key. */
public class UntouchedStore implements ArtifactStore {
    protected UntouchedStore() {}

    @Override
    public ObjectRef put(String key, byte[] content) {
        throw new AssertionError("put " + key);
    }

    @Override
    public byte[] get(ObjectRef ref) {
        throw new AssertionError("get " + ref);
    }

    @Override
    public void verify(ObjectRef ref) {
        throw new AssertionError("verify " + ref);
    }

    @Override
    public InputStream open(ObjectRef ref, long from, long length) {
        throw new AssertionError("open " + ref);
    }

    @Override
    public Optional<byte[]> find(String key) {
        throw new AssertionError("find " + key);
    }

    @Override
    public List<String> list(String prefix) {
        throw new AssertionError("list " + prefix);
    }

    @Override
    public void delete(String key) {
        throw new AssertionError("delete " + key);
    }
}
