package org.rtda.evaluator;

import org.rtda.contracts.CheckpointSaved;
import org.rtda.contracts.Condition;
import org.rtda.contracts.EvaluationTask;

/** Ids that depend on the work alone, so that whatever is done twice is recognised. */
final class EvaluationIds {
    private EvaluationIds() {}

    /**
     * Of the evaluation that the experiment's settings ask for, {@code EXPERIMENT/epoch-00005}: the same for every attempt,
     * since a resumed run gives the same checkpoint.
     */
    static String evaluation(CheckpointSaved checkpoint) {
        return checkpoint.experimentId() + "/" + epoch(checkpoint.epoch());
    }

    /** Of one that somebody asked for, {@code EXPERIMENT/epoch-00005/NAME}. */
    static String evaluation(CheckpointSaved checkpoint, String name) {
        return evaluation(checkpoint) + "/" + name;
    }

    /** Whether somebody asked for it by name. */
    static boolean isNamed(EvaluationTask task) {
        return !task.evaluationId().equals(evaluation(task.checkpoint()));
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

    static String gate(String evaluationId, String gate) {
        return evaluationId + "/" + gate + "/gate";
    }

    static String completed(String evaluationId) {
        return evaluationId + "/completed";
    }
}
