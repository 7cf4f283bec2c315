package org.rtda.evaluator;

import org.rtda.contracts.CheckpointSaved;
import org.rtda.contracts.Condition;

/** Ids that depend on the work alone, so that whatever is done twice is recognised. */
final class EvaluationIds {
    private EvaluationIds() {}

    /** {@code EXPERIMENT/epoch-00005}: the same for every attempt, since a resumed run gives the same checkpoint. */
    static String evaluation(CheckpointSaved checkpoint) {
        return checkpoint.experimentId() + "/" + epoch(checkpoint.epoch());
    }

    static String epoch(int epoch) {
        return "epoch-" + String.format("%05d", epoch);
    }

    static String planned(String evaluationId) {
        return evaluationId + "/planned";
    }

    static String task(String evaluationId, Condition condition) {
        return evaluationId + "/" + condition.label() + "/task";
    }

    /** Of the one answer to a condition, measured or failed. */
    static String result(String evaluationId, Condition condition) {
        return evaluationId + "/" + condition.label() + "/result";
    }

    static String completed(String evaluationId) {
        return evaluationId + "/completed";
    }
}
