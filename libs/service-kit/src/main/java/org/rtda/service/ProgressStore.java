package org.rtda.service;

import java.io.InputStream;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.rtda.contracts.dataset.ObjectRef;
import org.rtda.store.ArtifactStore;
import org.rtda.store.ContentReader;
import org.rtda.store.ContentWriter;

/**
 * The store of the work that {@link WorkProgress} watches: each answer is a movement. So work that makes many calls to a slow
 * store does not stall, and a single call stalls for no longer than the store's patience. Not for what runs beside the work, such as the
 * removal of leftovers: it would hide that the work hangs.
 */
public final class ProgressStore implements ArtifactStore {
    private final ArtifactStore store;
    private final WorkProgress progress;

    public ProgressStore(ArtifactStore store, WorkProgress progress) {
        this.store = store;
        this.progress = progress;
    }

    @Override
    public ObjectRef put(String key, byte[] content) {
        return moving(() -> store.put(key, content));
    }

    @Override
    public ObjectRef write(String key, long sizeBytes, ContentWriter writer) {
        return moving(() -> store.write(key, sizeBytes, writer));
    }

    @Override
    public <T> T read(ObjectRef ref, ContentReader<T> reader) {
        return moving(() -> store.read(ref, reader));
    }

    @Override
    public byte[] get(ObjectRef ref) {
        return moving(() -> store.get(ref));
    }

    @Override
    public void verify(ObjectRef ref) {
        moving(() -> {
            store.verify(ref);
            return null;
        });
    }

    @Override
    public InputStream open(ObjectRef ref, long from, long length) {
        return moving(() -> store.open(ref, from, length));
    }

    @Override
    public Optional<byte[]> find(String key) {
        return moving(() -> store.find(key));
    }

    @Override
    public List<String> list(String prefix) {
        return moving(() -> store.list(prefix));
    }

    @Override
    public void delete(String key) {
        moving(() -> {
            store.delete(key);
            return null;
        });
    }

    private <T> T moving(Supplier<T> call) {
        T answer = call.get();
        progress.moved();
        return answer;
    }
}
