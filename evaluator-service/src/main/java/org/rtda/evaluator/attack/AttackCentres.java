package org.rtda.evaluator.attack;

import java.util.regex.Pattern;
import org.rtda.contracts.BatchRequest;
import org.rtda.contracts.EvaluationId;
import org.rtda.contracts.ObjectKeys;
import org.rtda.evaluator.context.EvaluationIds;

/** Names of what evaluations have in the store for a while: images that attacks start from, where these are not the data set's own, and answers. */
public final class AttackCentres {
    private AttackCentres() {}

    /** Prefix of the answers to requests of all evaluations of an experiment. */
    public static String answersOfExperiment(String experimentId) {
        return ObjectKeys.transients(experimentId) + "evaluations/";
    }

    /** Prefix of the images that attacks of all evaluations of an experiment start from. */
    public static String ofExperiment(String experimentId) {
        return ObjectKeys.transients(experimentId) + "centres/";
    }

    /**
     * The name of a payload.
     *
     * @param instance whose it is, so that no replica that was given the same task removes what another's attackers still need
     * @param requestId of the request that starts from it
     */
    static String name(String experimentId, String instance, String requestId) {
        return experimentId + "/centres/" + instance + "/" + requestId;
    }

    /**
     * The id of an evaluation's request. It is not below the attempt, whose transient objects the trainer removes.
     *
     * @param view begins with the checkpoint's epoch
     */
    static String requestId(EvaluationId evaluation, long attempt, long step, String view, int shard) {
        return BatchRequest.idOf(
                evaluation.experimentId() + "/evaluations", attempt, step, named(evaluation) + view, shard);
    }

    private static String named(EvaluationId evaluation) {
        return evaluation.isOwn() ? "" : evaluation.name() + "-";
    }

    /**
     * Whether a request of this evaluation starts from the object, whichever evaluator's it is. Those of an evaluation whose name begins
     * like a view of this one are taken for its own, too; they are written again where they are needed.
     */
    public static boolean isOf(EvaluationId evaluation, String key) {
        return key.matches(Pattern.quote(ofExperiment(evaluation.experimentId()))
                + "[^/]+/"
                + Pattern.quote(evaluation.experimentId() + "/evaluations/")
                + requestOf(evaluation));
    }

    /** Whether it is an answer to a request of this evaluation, with the same reservation. */
    public static boolean isAnswerOf(EvaluationId evaluation, String key) {
        return key.matches(Pattern.quote(answersOfExperiment(evaluation.experimentId())) + requestOf(evaluation));
    }

    private static String requestOf(EvaluationId evaluation) {
        String view = named(evaluation) + EvaluationIds.epoch(evaluation.epoch()) + "-";
        return "[0-9]+/[0-9]+/" + Pattern.quote(view) + "[^/]*/[0-9]+[.]f32";
    }
}
