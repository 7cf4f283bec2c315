package org.rtda.cli.rest;

import org.rtda.contracts.ExperimentSpec;
import org.rtda.contracts.ExperimentStatus;

/**
 * An experiment as the gateway shows it.
 *
 * @param progress null once it has ended, and only then
 */
public record Experiment(String id, ExperimentSpec spec, Status status, Evaluation evaluation, Progress progress) {

    public Experiment {
        evaluation = evaluation == null ? new Evaluation(0, 0, 0, false) : evaluation;
        if (hasEnded(status, evaluation)) {
            progress = null;
        } else if (progress == null) {
            progress = Progress.of(status, evaluation);
        }
    }

    public record Status(
            ExperimentStatus.State state,
            long step,
            long totalSteps,
            int epoch,
            String device,
            String objective,
            String reason) {}

    /** @param planned conditions of the final evaluation, 0 before it is planned */
    public record Evaluation(int planned, int measured, int failed, boolean completed) {}

    /** Whether nothing more will come of it: failed, cancelled, or trained and evaluated. */
    public boolean hasEnded() {
        return hasEnded(status, evaluation);
    }

    private static boolean hasEnded(Status status, Evaluation evaluation) {
        return switch (status.state()) {
            case FAILED, CANCELLED -> true;
            case TRAINED -> evaluation.completed();
            case QUEUED, RUNNING -> false;
        };
    }
}
