package org.rtda.gateway.view;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.Optional;
import java.util.OptionalDouble;
import org.rtda.contracts.CheckpointSaved;
import org.rtda.contracts.ExperimentStatus;

/**
 * The progress of an experiment that has not ended: its phase, how far it is, and how long it will take.
 *
 * @param phase what goes on
 * @param done of the phase: optimiser steps, or conditions of the final evaluation, with those that could not be measured
 * @param total of the phase; 0 while it is not known
 * @param secondsLeft until the phase ends, by the pace of the latest {@value StepPace#STEPS} steps; training that may stop early
 *     may need less. Null where it is not known, as it never is outside of training
 * @param queue its place in the queue; null unless the experiment waits for a trainer
 */
@JsonInclude(JsonInclude.Include.ALWAYS)
record ExperimentProgress(Phase phase, long done, long total, Long secondsLeft, QueuePlace queue) {

    enum Phase {
        /** No trainer has begun. */
        QUEUED,
        TRAINING,
        /** The final checkpoint is saved, its evaluation has not ended. */
        EVALUATING
    }

    /**
     * @param queue null where it does not wait
     * @return empty once nothing more will come: failed, cancelled, or trained and evaluated
     */
    static Optional<ExperimentProgress> of(ExperimentView view, QueuePlace queue) {
        ExperimentStatus status = view.status();
        boolean isSaved = view.checkpoint().map(CheckpointSaved::last).orElse(false);
        return switch (status.state()) {
            case QUEUED -> Optional.of(new ExperimentProgress(Phase.QUEUED, 0, 0, null, queue));
            case RUNNING -> Optional.of(isSaved ? evaluating(view) : training(view, status));
            case TRAINED -> evaluation(view).completed() ? Optional.empty() : Optional.of(evaluating(view));
            case FAILED, CANCELLED -> Optional.empty();
        };
    }

    ExperimentProgress withQueue(QueuePlace place) {
        return new ExperimentProgress(phase, done, total, secondsLeft, place);
    }

    private static ExperimentProgress training(ExperimentView view, ExperimentStatus status) {
        // what a trainer tells may be wrong
        long left = Math.max(0, status.totalSteps() - status.step());
        OptionalDouble pace = view.secondsPerStep();
        Long seconds = pace.isPresent() ? Math.round(left * pace.getAsDouble()) : null;
        return new ExperimentProgress(Phase.TRAINING, status.step(), status.totalSteps(), seconds, null);
    }

    private static ExperimentProgress evaluating(ExperimentView view) {
        EvaluationView.Progress evaluation = evaluation(view);
        return new ExperimentProgress(
                Phase.EVALUATING, evaluation.measured() + evaluation.failed(), evaluation.planned(), null, null);
    }

    private static EvaluationView.Progress evaluation(ExperimentView view) {
        return view.finalEvaluation().map(EvaluationView::progress).orElse(EvaluationView.Progress.NONE);
    }
}
