package org.rtda.evaluator.context;

import org.rtda.contracts.CheckpointSaved;
import org.rtda.contracts.EvaluationId;
import org.rtda.contracts.EvaluationTask;
import org.rtda.contracts.settings.Condition;

/** Ids of evaluations and their messages. They depend only on the work, so work that is done twice is recognised. */
public final class EvaluationIds {
    private EvaluationIds() {}

    /** Of one that somebody asked for. */
    public static String evaluation(CheckpointSaved checkpoint, String name) {
        return EvaluationId.named(checkpoint.experimentId(), checkpoint.epoch(), name)
                .text();
    }

    /** Whether somebody asked for it by name. */
    public static boolean isNamed(EvaluationTask task) {
        return !EvaluationId.parse(task.evaluationId()).isOwn();
    }

    public static String epoch(int epoch) {
        return EvaluationId.epochText(epoch);
    }

    public static String planned(String evaluationId) {
        return evaluationId + "/planned";
    }

    public static String task(String evaluationId, Condition condition) {
        return evaluationId + "/" + condition.label() + "/task";
    }

    /** Of the one answer to a condition, measured or failed. */
    public static String result(String evaluationId, Condition condition) {
        return evaluationId + "/" + condition.label() + "/result";
    }

    public static String gate(String evaluationId, String gate) {
        return evaluationId + "/" + gate + "/gate";
    }

    public static String completed(String evaluationId) {
        return evaluationId + "/completed";
    }
}
