package org.rtda.cli.rest;

import org.rtda.contracts.ExperimentSpec;
import org.rtda.contracts.ExperimentStatus;

/** An experiment as the gateway shows it. */
public record Experiment(String id, ExperimentSpec spec, Status status, Evaluation evaluation) {

    public Experiment {
        evaluation = evaluation == null ? new Evaluation(0, 0, 0, false) : evaluation;
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
        return switch (status.state()) {
            case FAILED, CANCELLED -> true;
            case TRAINED -> evaluation.completed();
            case QUEUED, RUNNING -> false;
        };
    }
}
