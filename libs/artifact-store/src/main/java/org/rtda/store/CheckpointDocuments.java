package org.rtda.store;

import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.rtda.contracts.ObjectKeys;

/**
 * The documents that make checkpoints of what attempts wrote for an epoch. Each attempt writes its own, last: what an attempt wrote for an
 * epoch and has no document is no checkpoint. Of several documents of an epoch the one of the latest attempt whose weights are there
 * counts; all of them name the same weights, since training is exact. So a trainer that was overtaken and wakes up late changes nothing,
 * even where what it names has been {@linkplain #removeUnfinished removed}.
 */
public final class CheckpointDocuments {
    /** What an attempt writes for an epoch. One beside the attempts is of a build in which all of them shared the document. */
    private static final Pattern KEY = Pattern.compile("^epoch-(\\d+)/(?:attempt-(\\d+)/)?([^/]+)$");

    /** The attempt of a document that all attempts shared: it counts as the earliest. */
    private static final long SHARED = 0;

    private final ArtifactStore store;

    public CheckpointDocuments(ArtifactStore store) {
        this.store = store;
    }

    private record Written(String key, int epoch, long attempt, String file) {
        private boolean isDocument() {
            return file.equals(ObjectKeys.CHECKPOINT);
        }

        private boolean isWeightsOf(Written document) {
            return file.equals(ObjectKeys.WEIGHTS) && epoch == document.epoch && attempt == document.attempt;
        }
    }

    /** The document of the checkpoint with the most epochs behind it; empty where there is none. */
    public Optional<byte[]> latest(String experimentId) {
        return newest(written(experimentId, ObjectKeys.checkpoints(experimentId)));
    }

    /** The document of an epoch's checkpoint; empty where there is none. */
    public Optional<byte[]> ofEpoch(String experimentId, int epoch) {
        return newest(written(experimentId, ObjectKeys.checkpoint(experimentId, epoch, "")));
    }

    /**
     * Removes what attempts wrote for an epoch without making a checkpoint of it. What a checkpoint names stays: whoever announced it
     * had written its document before.
     *
     * @param first of these attempts, at least 1
     * @param last of these attempts; none of them may own the experiment at this moment
     */
    public void removeUnfinished(String experimentId, long first, long last) {
        List<Written> all = written(experimentId, ObjectKeys.checkpoints(experimentId));
        List<Written> documents = all.stream().filter(Written::isDocument).toList();
        all.stream()
                .filter(object -> first <= object.attempt() && object.attempt() <= last)
                .filter(object -> documents.stream().noneMatch(document -> isCheckpointWith(document, object)))
                .map(Written::key)
                .forEach(store::delete);
    }

    private static boolean isCheckpointWith(Written document, Written object) {
        return document.epoch() == object.epoch()
                && (document.attempt() == object.attempt() || document.attempt() == SHARED);
    }

    private List<Written> written(String experimentId, String prefix) {
        int within = ObjectKeys.checkpoints(experimentId).length();
        return store.list(prefix).stream()
                .flatMap(key -> KEY.matcher(key.substring(within)).results().map(names -> written(key, names)))
                .toList();
    }

    private static Written written(String key, MatchResult names) {
        return new Written(
                key,
                Integer.parseInt(names.group(1)),
                names.group(2) == null ? SHARED : Long.parseLong(names.group(2)),
                names.group(3));
    }

    /** @throws ArtifactStoreUnavailableException where the store names one and does not give it: a run must not begin from the start */
    private Optional<byte[]> newest(List<Written> all) {
        Comparator<Written> order = Comparator.comparingInt(Written::epoch)
                .thenComparing(document -> all.stream().anyMatch(object -> object.isWeightsOf(document)))
                .thenComparingLong(Written::attempt);
        return all.stream()
                .filter(Written::isDocument)
                .max(order)
                .map(Written::key)
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
