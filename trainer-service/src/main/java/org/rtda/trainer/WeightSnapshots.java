package org.rtda.trainer;

import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;
import java.util.function.Consumer;
import org.rtda.contracts.ObjectKeys;
import org.rtda.contracts.dataset.ObjectRef;
import org.rtda.core.network.SafeTensors;
import org.rtda.core.network.Weights;
import org.rtda.store.ArtifactStore;

/**
 * The weights of an attempt that attack workers read from the store, by version: the optimiser steps behind them. For the training
 * thread; they are written and removed on threads beside it.
 */
final class WeightSnapshots {
    private final ArtifactStore store;
    private final String experimentId;
    private final long attempt;
    private final ExecutorService beside;
    private final Executor removals;
    private final Map<Long, Snapshot> snapshots = new HashMap<>();
    private long oldest;

    /**
     * @param weights kept for as long as attacks on them are awaited: the object may have to be written again
     * @param written done when it is written and all requests on it are sent
     */
    private record Snapshot(Weights weights, Future<ObjectRef> written) {}

    /**
     * @param oldest the first version that there can be
     * @param beside one thread, which writes
     * @param removals runs what may take its time: a training step waits for what is written, and not for what is removed
     */
    WeightSnapshots(
            ArtifactStore store,
            String experimentId,
            long attempt,
            long oldest,
            ExecutorService beside,
            Executor removals) {
        this.store = store;
        this.experimentId = experimentId;
        this.attempt = attempt;
        this.oldest = oldest;
        this.beside = beside;
        this.removals = removals;
    }

    /** Begins to write the weights. @param then is given the snapshot, on the thread beside */
    void publish(long version, Weights weights, Consumer<ObjectRef> then) {
        Callable<ObjectRef> publish = () -> {
            ObjectRef snapshot = write(version, weights);
            then.accept(snapshot);
            return snapshot;
        };
        snapshots.put(version, new Snapshot(weights, beside.submit(publish)));
    }

    /** Waits until a snapshot is written and passed on. Null where there is none of this version. */
    ObjectRef await(long version) {
        Snapshot snapshot = snapshots.get(version);
        if (snapshot == null) {
            return null;
        }
        try {
            return snapshot.written().get();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new TrainingStoppedException("the trainer is shutting down");
        } catch (ExecutionException e) {
            if (e.getCause() instanceof RuntimeException failure) {
                throw failure;
            }
            throw new IllegalStateException(e.getCause());
        }
    }

    /** Writes a snapshot that was published, with the same bits. */
    ObjectRef writeAgain(long version) {
        return write(version, snapshots.get(version).weights());
    }

    private ObjectRef write(long version, Weights weights) {
        SafeTensors.File file = SafeTensors.file(weights, Map.of("step", Long.toString(version)));
        return store.write(key(version), file.sizeBytes(), file::writeTo);
    }

    /** Removes those that no request names any more. */
    void removeBefore(long version) {
        for (; oldest < version; oldest++) {
            if (snapshots.remove(oldest) != null) {
                String key = key(oldest);
                removals.execute(() -> store.delete(key));
            }
        }
    }

    /** Forgets all; what is in the store is removed by whoever ends the attempt. */
    void clear() {
        snapshots.clear();
    }

    private String key(long version) {
        return ObjectKeys.snapshot(experimentId, attempt, version);
    }
}
