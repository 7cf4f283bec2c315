package org.rtda.store;

import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
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
import org.rtda.contracts.dataset.Sha256;

/**
 * The imported data sets. Removals and imports keep each other out wherever they are ({@link DatasetClaims}). {@link #using} and
 * {@link #delete} do so where they are called on one instance, so a process has one.
 */
public final class Datasets {
    private final ArtifactStore store;
    private final DatasetClaims claims;
    private final DatasetUse use = new DatasetUse();

    public Datasets(ArtifactStore store) {
        this(store, Clock.systemUTC());
    }

    Datasets(ArtifactStore store, Clock clock) {
        this.store = store;
        this.claims = new DatasetClaims(store, clock);
    }

    /** Sorted; their manifests are not read. */
    public List<String> names() {
        return store.list(ObjectKeys.DATASETS).stream()
                .map(ObjectKeys::datasetOfManifest)
                .flatMap(Optional::stream)
                .sorted()
                .toList();
    }

    /** Sorted by name. */
    public List<DatasetManifest> list() {
        return names().stream().map(this::latest).flatMap(Optional::stream).toList();
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
     * Does work that needs the data set to stay, such as a submission with it. Several may at once.
     *
     * @throws DatasetBusyException when it is being removed
     */
    public <T> T using(String name, Supplier<T> work) {
        return use.using(name, work);
    }

    /**
     * Removes every object of every import of that name. First its latest manifest goes, so that nobody finds it any more; the
     * last check comes after that, and the manifest is put back when the check throws. What a call leaves behind that fails, the next
     * one removes.
     *
     * @param lastCheck throws when it must stay; otherwise says the prefixes of what goes with it, which goes first
     * @return how many objects were removed
     * @throws DatasetBusyException when it is in use, or being imported or removed
     * @throws ArtifactStoreUnavailableException when the store is out of reach; some objects may be removed
     */
    public int delete(String name, Supplier<List<String>> lastCheck) {
        Check.name("dataset", name);
        return use.removing(
                name,
                () -> claims.during(
                        name, DatasetClaims.Kind.REMOVAL, claimed -> deleteUnused(claimed, name, lastCheck)));
    }

    private static int deleteUnused(ArtifactStore claimed, String name, Supplier<List<String>> lastCheck) {
        String latest = ObjectKeys.manifest(name);
        Optional<byte[]> manifest = claimed.find(latest);
        claimed.delete(latest);
        List<String> rest = new ArrayList<>();
        try {
            lastCheck.get().forEach(prefix -> rest.addAll(claimed.list(prefix)));
        } catch (RuntimeException e) {
            manifest.ifPresent(json -> putBack(claimed, latest, json, e));
            throw e;
        }
        // last, so that what fails before leaves a data set that can be removed again
        rest.addAll(claimed.list(ObjectKeys.dataset(name)));
        rest.forEach(claimed::delete);
        return rest.size() + (manifest.isPresent() ? 1 : 0);
    }

    /** A failure to do so goes with the reason for doing it. */
    private static void putBack(ArtifactStore claimed, String key, byte[] manifest, RuntimeException reason) {
        try {
            claimed.put(key, manifest);
        } catch (RuntimeException e) {
            reason.addSuppressed(e);
        }
    }

    /** The reference to the import whose manifest is that document. */
    static DatasetRef pinned(String name, byte[] manifest) {
        String sha256 = Sha256.hex(manifest);
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
}
