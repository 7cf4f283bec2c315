package org.rtda.evaluator.condition;

import java.util.List;
import org.rtda.contracts.EvaluationTask;
import org.rtda.contracts.EventCodec;
import org.rtda.contracts.Gallery;
import org.rtda.contracts.ObjectKeys;
import org.rtda.contracts.check.Event;
import org.rtda.contracts.dataset.ObjectRef;
import org.rtda.evaluator.context.EvaluationIds;
import org.rtda.evaluator.figures.ModelAnswers;
import org.rtda.evaluator.figures.StoredPredictions;
import org.rtda.store.ArtifactStore;

/**
 * Writes the predictions and galleries of an evaluation to the store. Keys depend only on the task, so a task that is
 * done twice writes the same object twice.
 */
final class EvaluationArtifacts {
    private final ArtifactStore store;

    EvaluationArtifacts(ArtifactStore store) {
        this.store = store;
    }

    /**
     * Of a final checkpoint and of what somebody asked for: who compares two models compares what came of them, and does
     * not compare epochs.
     */
    static boolean wanted(EvaluationTask task) {
        return task.checkpoint().last() || EvaluationIds.isNamed(task);
    }

    ObjectRef predictions(EvaluationTask task, List<String> classes, ModelAnswers answers) {
        return store.put(
                ObjectKeys.predictions(task.evaluationId(), task.condition()),
                EventCodec.write(StoredPredictions.of(
                        task.experimentId(), task.evaluationId(), task.condition(), classes, answers)));
    }

    ObjectRef gallery(EvaluationTask task, List<String> classes, List<Gallery.Picture> pictures) {
        Gallery gallery = new Gallery(
                Event.SCHEMA_VERSION, task.experimentId(), task.evaluationId(), task.condition(), classes, pictures);
        return store.put(ObjectKeys.gallery(task.evaluationId(), task.condition()), EventCodec.write(gallery));
    }
}
