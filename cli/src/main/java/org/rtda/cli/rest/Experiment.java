package org.rtda.cli.rest;

import org.rtda.contracts.ExperimentSpec;
import org.rtda.contracts.ExperimentStatus;

/**
 * An experiment as the gateway shows it.
 *
 * @param evaluation of the final checkpoint
 * @param progress null once it has ended, and only then
 */
public record Experiment(
        String id, ExperimentSpec spec, Status status, Evaluation.Progress evaluation, PhaseProgress progress) {

    public Experiment {
        evaluation = evaluation == null ? Evaluation.Progress.none() : evaluation;
        if (hasEnded(status, evaluation)) {
            progress = null;
        } else if (progress == null) {
            progress = PhaseProgress.of(status, evaluation);
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

    /** Whether nothing more will come of it: failed, cancelled, or trained and evaluated. */
    public boolean hasEnded() {
        return hasEnded(status, evaluation);
    }

    private static boolean hasEnded(Status status, Evaluation.Progress evaluation) {
        return switch (status.state()) {
            case FAILED, CANCELLED -> true;
            case TRAINED -> evaluation.completed();
            case QUEUED, RUNNING -> false;
        };
    }
}
