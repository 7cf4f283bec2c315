package org.rtda.store;

import java.io.InputStream;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.rtda.contracts.dataset.ObjectRef;

/**
 * Repeats calls to the store, and is the only place that does so: only when the store was out of reach, for as long as the
 * patience lasts. An object that is missing or altered is final at once.
 */
public final class RetryingArtifactStore implements ArtifactStore {
    private final ArtifactStore store;
    private final StoreRetry patience;

    /** @param patience how long a call may go on failing before the failure is passed on; zero tries once */
    public RetryingArtifactStore(ArtifactStore store, Duration patience) {
        this(store, new StoreRetry(patience));
    }

    RetryingArtifactStore(ArtifactStore store, StoreRetry patience) {
        this.store = store;
        this.patience = patience;
    }

    @Override
    public ObjectRef put(String key, byte[] content) {
        return patience.with(() -> store.put(key, content));
    }

    @Override
    public ObjectRef write(String key, long sizeBytes, ContentWriter writer) {
        return patience.with(() -> store.write(key, sizeBytes, writer));
    }

    @Override
    public <T> T read(ObjectRef ref, ContentReader<T> reader) {
        return patience.with(() -> store.read(ref, reader));
    }

    @Override
    public byte[] get(ObjectRef ref) {
        return patience.with(() -> store.get(ref));
    }

    @Override
    public void verify(ObjectRef ref) {
        patience.with(() -> {
            store.verify(ref);
            return null;
        });
    }

    /** The stream itself is not repeated: who reads it has had its beginning. */
    @Override
    public InputStream open(ObjectRef ref, long from, long length) {
        return patience.with(() -> store.open(ref, from, length));
    }

    @Override
    public Optional<byte[]> find(String key) {
        return patience.with(() -> store.find(key));
    }

    @Override
    public List<String> list(String prefix) {
        return patience.with(() -> store.list(prefix));
    }

    @Override
    public void delete(String key) {
        patience.with(() -> {
            store.delete(key);
            return null;
        });
    }
}
