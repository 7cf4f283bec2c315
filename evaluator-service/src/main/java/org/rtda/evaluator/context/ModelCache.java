package org.rtda.evaluator.context;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Function;
import org.rtda.contracts.dataset.ObjectRef;
import org.rtda.core.ImageBatch;
import org.rtda.service.DeviceHealth;
import org.rtda.service.MemoryShortage;
import org.rtda.service.MemoryShortageException;
import org.rtda.store.ArtifactStore;

/**
 * The models that were evaluated most recently, by all that their references say: a SHA-256 alone may not have been checked. Safe for use
 * by several threads, which may run one model at once.
 */
public final class ModelCache implements AutoCloseable {
    private final ArtifactStore store;
    private final Function<byte[], Classifier> loader;
    private final int size;
    private final DeviceHealth device;
    private final Map<ObjectRef, Loaded> loaded = new LinkedHashMap<>(16, 0.75f, true);
    private boolean closed;

    /** On a device that never fails. */
    public ModelCache(ArtifactStore store, Function<byte[], Classifier> loader, int size) {
        this(store, loader, size, DeviceHealth.well());
    }

    /**
     * @param size models kept loaded, at least 1
     * @param device on which the models run
     */
    public ModelCache(ArtifactStore store, Function<byte[], Classifier> loader, int size, DeviceHealth device) {
        this.device = device;
        this.store = store;
        this.loader = loader;
        this.size = size;
    }

    /**
     * @return N x classes
     * @throws org.rtda.store.ArtifactException when the model's object is missing, altered or out of reach
     * @throws ConditionFailedException when its bytes are no model that runs on these images
     * @throws org.rtda.service.DeviceFailureException when no model runs here
     * @throws MemoryShortageException when there was no memory for it; no model is kept loaded any more, and another try is worth it
     */
    public float[][] logits(ObjectRef model, ImageBatch images) {
        device.requireWell();
        try {
            return run(model, images);
        } catch (Error e) {
            // of native code, or of memory
            if (MemoryShortage.isIn(e)) {
                empty();
            }
            device.suspect(e);
            throw e;
        }
    }

    private float[][] run(ObjectRef model, ImageBatch images) {
        Loaded used = use(model);
        try {
            return used.classifier.logits(images);
        } catch (RuntimeException e) {
            throw unreadable(model, e);
        } finally {
            done(used);
        }
    }

    private synchronized Loaded use(ObjectRef model) {
        if (closed) {
            throw new IllegalStateException("the models are closed");
        }
        Loaded known = loaded.get(model);
        Loaded used = known == null ? load(model) : known;
        used.users++;
        return used;
    }

    private synchronized void done(Loaded used) {
        used.users--;
        used.closeIfUnused();
    }

    private Loaded load(ObjectRef model) {
        byte[] bytes = store.get(model);
        Loaded fresh;
        try {
            fresh = new Loaded(loader.apply(bytes));
        } catch (RuntimeException e) {
            throw unreadable(model, e);
        }
        loaded.put(model, fresh);
        Deque<ObjectRef> oldestFirst = new ArrayDeque<>(loaded.keySet());
        while (loaded.size() > size) {
            loaded.remove(oldestFirst.removeFirst()).drop();
        }
        return fresh;
    }

    private RuntimeException unreadable(ObjectRef model, RuntimeException cause) {
        boolean isShort = MemoryShortage.isIn(cause);
        if (isShort) {
            empty();
        }
        device.suspect(cause);
        if (isShort) {
            return new MemoryShortageException(
                    "there is no memory to run the model at " + model.key() + ": " + cause.getMessage(), cause);
        }
        ConditionFailedException failure = EvaluatorFailure.MODEL_UNREADABLE.with(model.key(), cause.getMessage());
        failure.initCause(cause);
        return failure;
    }

    /** Closes every model, one that runs when its run has ended. */
    @Override
    public synchronized void close() {
        closed = true;
        empty();
    }

    private synchronized void empty() {
        loaded.values().forEach(Loaded::drop);
        loaded.clear();
    }

    /** A model must not be closed while it runs. Guarded by the cache. */
    private static final class Loaded {
        private final Classifier classifier;
        private int users;
        private boolean dropped;

        private Loaded(Classifier classifier) {
            this.classifier = classifier;
        }

        private void drop() {
            dropped = true;
            closeIfUnused();
        }

        private void closeIfUnused() {
            if (dropped && users == 0) {
                classifier.close();
            }
        }
    }
}
