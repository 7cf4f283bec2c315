package org.rtda.store;

import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.rtda.contracts.EventCodec;
import org.rtda.contracts.ObjectKeys;
import org.rtda.contracts.check.Check;
import org.rtda.contracts.check.InvalidMessageException;
import org.rtda.contracts.dataset.DatasetManifest;
import org.rtda.contracts.dataset.DatasetRef;
import org.rtda.contracts.dataset.ObjectRef;

/**
 * The imported data sets. {@link #using} and {@link #delete} keep each other out where they are called on one instance, so a process
 * has one.
 */
public final class Datasets {
    private final ArtifactStore store;
    private final DatasetUse use = new DatasetUse();

    public Datasets(ArtifactStore store) {
        this.store = store;
    }

    /** Sorted by name. */
    public List<DatasetManifest> list() {
        return store.list(ObjectKeys.DATASETS).stream()
                .map(Datasets::nameIn)
                .flatMap(Optional::stream)
                .sorted()
                .map(this::latest)
                .flatMap(Optional::stream)
                .toList();
    }

    /** The latest import of that name, pinned. */
    public Optional<DatasetRef> find(String name) {
        Check.name("dataset", name);
        return store.find(ObjectKeys.manifest(name)).map(json -> pinned(name, json));
    }

    /**
     * Every import of that name, newest first; empty when there is none.
     *
     * @throws ArtifactException when a manifest is none or the store is out of reach
     */
    public List<DatasetVersion> versions(String name) {
        Optional<DatasetRef> latest = find(name);
        return store.list(ObjectKeys.manifests(name)).stream()
                .flatMap(key -> store.find(key).map(json -> version(name, key, json, latest)).stream())
                .sorted(Comparator.comparing(
                                (DatasetVersion version) -> version.manifest().importedAt(),
                                Comparator.nullsFirst(Comparator.<Instant>naturalOrder()))
                        .reversed())
                .toList();
    }

    private static DatasetVersion version(String name, String key, byte[] json, Optional<DatasetRef> latest) {
        DatasetRef ref = pinned(name, json);
        return new DatasetVersion(
                ref, manifest(key, json), latest.filter(ref::equals).isPresent());
    }

    /** Whether anything is stored of that name, even what a removal that failed has left. */
    public boolean hasObjects(String name) {
        Check.name("dataset", name);
        return !store.list(ObjectKeys.dataset(name)).isEmpty();
    }

    /**
     * Does work that needs the data set to stay, such as an import of that name or a submission with it. Several may at once.
     *
     * @throws DatasetBusyException when it is being removed
     */
    public <T> T using(String name, Supplier<T> work) {
        return use.using(name, work);
    }

    /**
     * Removes every object of every import of that name. First its latest manifest goes, so that nobody finds it any more; the
     * last check comes after that, and the manifest is put back when the check throws, unless another import has written one since. What a call leaves behind that fails, the
     * next one removes.
     *
     * @param lastCheck throws when it must stay
     * @return how many objects were removed
     * @throws DatasetBusyException when it is in use or being removed
     * @throws ArtifactStoreUnavailableException when the store is out of reach; some objects may be removed
     */
    public int delete(String name, Runnable lastCheck) {
        Check.name("dataset", name);
        return use.removing(name, () -> deleteUnused(name, lastCheck));
    }

    private int deleteUnused(String name, Runnable lastCheck) {
        String latest = ObjectKeys.manifest(name);
        Optional<byte[]> manifest = store.find(latest);
        store.delete(latest);
        try {
            lastCheck.run();
        } catch (RuntimeException e) {
            manifest.ifPresent(json -> putBack(latest, json, e));
            throw e;
        }
        List<String> rest = store.list(ObjectKeys.dataset(name));
        rest.forEach(store::delete);
        return rest.size() + (manifest.isPresent() ? 1 : 0);
    }

    /** A failure to do so goes with the reason for doing it. */
    private void putBack(String key, byte[] manifest, RuntimeException reason) {
        try {
            if (store.find(key).isEmpty()) {
                store.put(key, manifest);
            }
        } catch (RuntimeException e) {
            reason.addSuppressed(e);
        }
    }

    /** The reference to the import whose manifest is that document. */
    static DatasetRef pinned(String name, byte[] manifest) {
        String sha256 = Content.sha256(manifest);
        return new DatasetRef(name, new ObjectRef(ObjectKeys.manifest(name, sha256), sha256, manifest.length));
    }

    Optional<DatasetManifest> latest(String name) {
        String key = ObjectKeys.manifest(name);
        return store.find(key).map(json -> manifest(key, json));
    }

    private static DatasetManifest manifest(String key, byte[] json) {
        try {
            return EventCodec.read(json, DatasetManifest.class);
        } catch (InvalidMessageException e) {
            throw new ArtifactCorruptException(key, "a data set's manifest", e.getMessage());
        }
    }

    private static Optional<String> nameIn(String key) {
        int end = key.indexOf('/', ObjectKeys.DATASETS.length());
        if (end < 0) {
            return Optional.empty();
        }
        String name = key.substring(ObjectKeys.DATASETS.length(), end);
        return key.equals(ObjectKeys.manifest(name)) ? Optional.of(name) : Optional.empty();
    }
}
