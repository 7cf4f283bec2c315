package org.rtda.contracts;

/**
 * The ids of evaluations. An evaluation that an experiment's own settings request is named by its epoch alone, the same
 * for every attempt, since a resumed run gives the same checkpoint. An evaluation that people request has a name in
 * addition.
 */
public final class EvaluationNames {
    private EvaluationNames() {}

    /** {@code EXPERIMENT/epoch-00005}. */
    public static String own(String experimentId, int epoch) {
        return experimentId + "/" + epoch(epoch);
    }

    /** {@code EXPERIMENT/epoch-00005/NAME}. */
    public static String named(String experimentId, int epoch, String name) {
        return own(experimentId, epoch) + "/" + name;
    }

    /** Whether the experiment's own settings ask for this evaluation. */
    public static boolean isOwn(String experimentId, String evaluationId) {
        return evaluationId.startsWith(experimentId + "/") && evaluationId.indexOf('/', experimentId.length() + 1) < 0;
    }

    /** {@code epoch-00005}. */
    public static String epoch(int epoch) {
        return "epoch-" + String.format("%05d", epoch);
    }
}
