package org.rtda.store;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ConcurrentNavigableMap;
import java.util.concurrent.ConcurrentSkipListMap;
import org.rtda.contracts.dataset.ObjectRef;

/** A store that lives as long as its process, for tests and for runs inside one process. */
public final class InMemoryArtifactStore implements ArtifactStore {
    private final ConcurrentNavigableMap<String, byte[]> objects = new ConcurrentSkipListMap<>();

    @Override
    public ObjectRef put(String key, byte[] content) {
        objects.put(Content.checkedKey(key), content.clone());
        return Content.refOf(key, content);
    }

    @Override
    public ObjectRef write(String key, long sizeBytes, ContentWriter writer) {
        Content.Written written = Content.Written.by(writer, Content.checkedKey(key), sizeBytes);
        objects.put(key, written.bytes());
        return written.ref();
    }

    @Override
    public <T> T read(ObjectRef ref, ContentReader<T> reader) {
        byte[] content = objects.get(Content.checkedKey(ref.key()));
        if (content == null) {
            throw new ArtifactMissingException(ref.key());
        }
        try {
            return Content.read(ref, new ByteArrayInputStream(content), reader);
        } catch (IOException e) {
            throw new UncheckedIOException("an array is read without a failure", e);
        }
    }

    @Override
    public byte[] get(ObjectRef ref) {
        byte[] content = find(ref.key()).orElseThrow(() -> new ArtifactMissingException(ref.key()));
        return Content.verified(ref, content);
    }

    @Override
    public Optional<byte[]> find(String key) {
        return Optional.ofNullable(objects.get(Content.checkedKey(key))).map(byte[]::clone);
    }

    @Override
    public List<String> list(String prefix) {
        return objects.keySet().stream().filter(key -> key.startsWith(prefix)).toList();
    }

    @Override
    public void delete(String key) {
        objects.remove(Content.checkedKey(key));
    }
}
