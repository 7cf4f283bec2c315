package org.rtda.cli.rest;

import java.time.Duration;
import org.rtda.cli.terminal.Durations;

/**
 * The progress of an experiment that has not ended, as the gateway shows it.
 *
 * @param done of the phase: optimiser steps, or conditions of the final evaluation
 * @param total of the phase; 0 while it is not known
 * @param secondsLeft until the phase ends; null where it is not known
 * @param queue null unless it waits for a trainer
 */
public record PhaseProgress(Phase phase, long done, long total, Long secondsLeft, Queue queue) {

    public enum Phase {
        QUEUED,
        TRAINING,
        EVALUATING
    }

    /**
     * Place among the experiments that no trainer has begun, in the order of submission.
     *
     * @param place from 1
     * @param waiting all that wait, this one included
     */
    public record Queue(int place, int waiting) {}

    /** What the status says where the gateway, being of an earlier build, says no more. */
    static PhaseProgress of(Experiment.Status status, Evaluation.Progress evaluation) {
        return switch (status.state()) {
            case QUEUED -> new PhaseProgress(Phase.QUEUED, 0, 0, null, null);
            case RUNNING -> new PhaseProgress(Phase.TRAINING, status.step(), status.totalSteps(), null, null);
            case TRAINED, FAILED, CANCELLED ->
                new PhaseProgress(
                        Phase.EVALUATING,
                        evaluation.measured() + evaluation.failed(),
                        evaluation.planned(),
                        null,
                        null);
        };
    }

    /** Of the phase, 0 to 1; 0 while it is not known. */
    public double share() {
        return total == 0 ? 0 : (double) done / total;
    }

    /** For example {@code step 12 of 100, about 3 min left}. */
    public String inWords() {
        return switch (phase) {
            case QUEUED -> queue == null ? "queued" : "queued, place " + queue.place() + " of " + queue.waiting();
            case TRAINING ->
                "step " + done + " of " + total
                        + (secondsLeft == null
                                ? ""
                                : ", about " + Durations.inWords(Duration.ofSeconds(secondsLeft)) + " left");
            case EVALUATING -> done + " of " + total + " conditions evaluated";
        };
    }
}
