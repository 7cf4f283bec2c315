package org.rtda.store;

import java.util.List;
import java.util.Optional;
import org.rtda.contracts.EventCodec;
import org.rtda.contracts.ObjectKeys;
import org.rtda.contracts.check.Check;
import org.rtda.contracts.check.InvalidMessageException;
import org.rtda.contracts.dataset.DatasetManifest;
import org.rtda.contracts.dataset.DatasetRef;
import org.rtda.contracts.dataset.ObjectRef;

/** The imported data sets, each in its latest import. */
public final class Datasets {
    private final ArtifactStore store;

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

    /** The reference to the import whose manifest is that document. */
    static DatasetRef pinned(String name, byte[] manifest) {
        String sha256 = Content.sha256(manifest);
        return new DatasetRef(name, new ObjectRef(ObjectKeys.manifest(name, sha256), sha256, manifest.length));
    }

    Optional<DatasetManifest> latest(String name) {
        String key = ObjectKeys.manifest(name);
        return store.find(key).map(json -> {
            try {
                return EventCodec.read(json, DatasetManifest.class);
            } catch (InvalidMessageException e) {
                throw new ArtifactCorruptException(key, "a data set's manifest", e.getMessage());
            }
        });
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
