package org.rtda.store;

import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.rtda.contracts.CheckpointKey;
import org.rtda.contracts.ObjectKeys;

/**
 * The documents that make checkpoints of what attempts wrote for an epoch. Each attempt writes its own, last: what an attempt wrote for an
 * epoch and has no document is no checkpoint. Of several documents of an epoch the one of the latest attempt whose weights are there
 * counts; all of them name the same weights, since training is exact. So a trainer that was overtaken and wakes up late changes nothing,
 * even where what it names has been {@linkplain #removeUnfinished removed}.
 */
public final class CheckpointDocuments {
    private final ArtifactStore store;

    public CheckpointDocuments(ArtifactStore store) {
        this.store = store;
    }

    /** The document of the checkpoint with the most epochs behind it; empty where there is none. */
    public Optional<byte[]> latest(String experimentId) {
        return newest(written(ObjectKeys.checkpoints(experimentId)));
    }

    /** The document of an epoch's checkpoint; empty where there is none. */
    public Optional<byte[]> ofEpoch(String experimentId, int epoch) {
        return newest(written(ObjectKeys.checkpoint(experimentId, epoch, "")));
    }

    /**
     * Removes what attempts wrote for an epoch without making a checkpoint of it. What a checkpoint names stays: whoever announced it
     * had written its document before.
     *
     * @param first of these attempts, at least 1
     * @param last of these attempts; none of them may own the experiment at this moment
     */
    public void removeUnfinished(String experimentId, long first, long last) {
        List<CheckpointKey> all = written(ObjectKeys.checkpoints(experimentId));
        List<CheckpointKey> documents =
                all.stream().filter(CheckpointDocuments::isDocument).toList();
        all.stream()
                .filter(object -> first <= object.attempt() && object.attempt() <= last)
                .filter(object -> documents.stream().noneMatch(document -> isCheckpointWith(document, object)))
                .map(CheckpointKey::key)
                .forEach(store::delete);
    }

    private static boolean isCheckpointWith(CheckpointKey document, CheckpointKey object) {
        return document.epoch() == object.epoch()
                && (document.attempt() == object.attempt() || document.attempt() == CheckpointKey.SHARED);
    }

    private static boolean isDocument(CheckpointKey object) {
        return object.file().equals(ObjectKeys.CHECKPOINT);
    }

    private static boolean isWeightsOf(CheckpointKey object, CheckpointKey document) {
        return object.file().equals(ObjectKeys.WEIGHTS)
                && object.epoch() == document.epoch()
                && object.attempt() == document.attempt();
    }

    private List<CheckpointKey> written(String prefix) {
        return store.list(prefix).stream()
                .flatMap(key -> CheckpointKey.find(key).stream())
                .toList();
    }

    /** @throws ArtifactStoreUnavailableException where the store names one and does not give it: a run must not begin from the start */
    private Optional<byte[]> newest(List<CheckpointKey> all) {
        Comparator<CheckpointKey> order = Comparator.comparingInt(CheckpointKey::epoch)
                .thenComparing(document -> all.stream().anyMatch(object -> isWeightsOf(object, document)))
                .thenComparingLong(CheckpointKey::attempt);
        return all.stream()
                .filter(CheckpointDocuments::isDocument)
                .max(order)
                .map(CheckpointKey::key)
                .map(this::listed);
    }

    private byte[] listed(String key) {
        return store.find(key)
                .orElseThrow(() -> new ArtifactStoreUnavailableException(
                        "the store lists " + key
                                + " and says that there is no such object: are its nodes of one state?",
                        null));
    }
}
