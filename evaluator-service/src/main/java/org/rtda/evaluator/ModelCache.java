package org.rtda.evaluator;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Function;
import org.rtda.contracts.ObjectRef;
import org.rtda.core.ImageBatch;
import org.rtda.store.ArtifactStore;

/**
 * The models judged lately, by content. One model runs at a time, whoever asks: the figures are cheap beside the attacks,
 * and a second native thread would take a core from the attackers.
 */
final class ModelCache implements AutoCloseable {
    private final ArtifactStore store;
    private final Function<byte[], Classifier> loader;
    private final int size;
    private final Map<String, Classifier> loaded = new LinkedHashMap<>(16, 0.75f, true);
    private boolean closed;

    /** @param size models kept loaded, at least 1 */
    ModelCache(ArtifactStore store, Function<byte[], Classifier> loader, int size) {
        this.store = store;
        this.loader = loader;
        this.size = size;
    }

    /**
     * @return N x classes
     * @throws org.rtda.store.ArtifactException when the model's object is missing, altered or out of reach
     * @throws ConditionFailedException when its bytes are no model that runs on these images
     */
    synchronized float[][] logits(ObjectRef model, ImageBatch images) {
        if (closed) {
            throw new IllegalStateException("the models are closed");
        }
        Classifier known = loaded.get(model.sha256());
        Classifier classifier = known == null ? load(model) : known;
        try {
            return classifier.logits(images);
        } catch (RuntimeException e) {
            throw unreadable(model, e);
        }
    }

    private Classifier load(ObjectRef model) {
        byte[] bytes = store.get(model);
        Classifier classifier;
        try {
            classifier = loader.apply(bytes);
        } catch (RuntimeException e) {
            throw unreadable(model, e);
        }
        loaded.put(model.sha256(), classifier);
        Deque<String> oldestFirst = new ArrayDeque<>(loaded.keySet());
        while (loaded.size() > size) {
            loaded.remove(oldestFirst.removeFirst()).close();
        }
        return classifier;
    }

    private static ConditionFailedException unreadable(ObjectRef model, RuntimeException cause) {
        ConditionFailedException failure = EvaluatorFailure.MODEL_UNREADABLE.with(model.key(), cause.getMessage());
        failure.initCause(cause);
        return failure;
    }

    @Override
    public synchronized void close() {
        closed = true;
        loaded.values().forEach(Classifier::close);
        loaded.clear();
    }
}
