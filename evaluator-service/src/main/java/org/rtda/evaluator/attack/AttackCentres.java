package org.rtda.evaluator.attack;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.rtda.contracts.BatchRequest;
import org.rtda.contracts.EvaluationId;
import org.rtda.contracts.ObjectKeys;

/**
 * Names of transient objects of evaluations: images that attacks start from, if these are not the data set's own, and answers.
 */
public final class AttackCentres {
    private static final String CENTRES = "centres/";
    private static final String OWN = "evaluations/";
    private static final String NAMED = "named-evaluations/";
    private static final String EPOCH = "(?<epoch>[^/]+)/";

    /** Transient objects as {@link #answersTo} and {@link #of} have them; the name of an own evaluation is absent. */
    private static final Pattern OF_EVALUATION = Pattern.compile(ObjectKeys.TRANSIENTS + "(?<experiment>[^/]+)/(?:"
            + CENTRES + ")?(?:" + OWN + "|" + NAMED + "(?=[^/]+/(?<name>[^/]+)/))" + EPOCH + ".+");

    private AttackCentres() {}

    /** Prefix of the answers to an evaluation's requests, and of nothing else. */
    public static String answersTo(EvaluationId evaluation) {
        return ObjectKeys.transients(evaluation.experimentId()) + folder(evaluation) + "/";
    }

    /** Prefix of the images that an evaluation's attacks start from, whichever evaluator's they are, and of nothing else. */
    public static String of(EvaluationId evaluation) {
        return ObjectKeys.transients(evaluation.experimentId()) + CENTRES + folder(evaluation) + "/";
    }

    /** The evaluation whose transient object it is, images that attacks start from or an answer; empty of other objects. */
    public static Optional<EvaluationId> evaluationOf(String key) {
        Matcher parts = OF_EVALUATION.matcher(key);
        if (!parts.matches()) {
            return Optional.empty();
        }
        String name = parts.group("name");
        return EvaluationId.find(
                parts.group("experiment") + "/" + parts.group("epoch") + (name == null ? "" : "/" + name));
    }

    /**
     * The name of a payload.
     *
     * @param instance whose it is, so that no replica that was given the same task removes what another's attackers still need
     * @param requestId of the request that starts from it
     */
    static String name(EvaluationId evaluation, String instance, String requestId) {
        return evaluation.experimentId() + "/" + CENTRES + folder(evaluation) + "/" + instance + "/" + requestId;
    }

    /** The id of an evaluation's request. It is not below the attempt, whose transient objects the trainer removes. */
    static String requestId(EvaluationId evaluation, long attempt, long step, String view, int shard) {
        return BatchRequest.idOf(evaluation.experimentId() + "/" + folder(evaluation), attempt, step, view, shard);
    }

    /** Evaluations with a name have another folder: below that of the epoch they would be taken for the experiment's own. */
    private static String folder(EvaluationId evaluation) {
        return (evaluation.isOwn() ? OWN : NAMED) + evaluation.withinExperiment();
    }
}
