package org.rtda.contracts;

import java.time.Instant;
import java.util.Optional;
import org.rtda.contracts.check.Check;
import org.rtda.contracts.check.Event;
import org.rtda.contracts.check.InvalidFieldException;
import org.rtda.contracts.dataset.DatasetRef;
import org.rtda.contracts.dataset.ObjectRef;

/**
 * A checkpoint is in the store; topic {@link Topic#CHECKPOINTS}, key: the experiment's id. Its three files are below the experiment's
 * {@link ObjectKeys#checkpoints}.
 *
 * @param epoch epochs done
 * @param step optimiser steps done
 * @param last whether training is complete with it
 * @param weights safetensors file: parameters and batch-norm statistics, averaged where the experiment asks for it; of the
 *     selected epoch in the last checkpoint of an experiment that takes the best
 * @param model the same network as ONNX: input {@code images} (N x C x H x W in [0,1]), output {@code logits} (N x classes)
 * @param trainingState safetensors file: weights, the optimiser's buffers, the average, from which training goes on
 * @param validationRobustBalancedAccuracy of this epoch's weights; null where the experiment selects without it
 * @param selectedEpoch the epoch best by it so far, null likewise
 */
public record CheckpointSaved(
        String id,
        Instant time,
        int schemaVersion,
        String experimentId,
        long attempt,
        int epoch,
        long step,
        boolean last,
        ExperimentSpec spec,
        DatasetRef dataset,
        ObjectRef weights,
        ObjectRef model,
        ObjectRef trainingState,
        Double validationRobustBalancedAccuracy,
        Integer selectedEpoch)
        implements Event {
    public CheckpointSaved {
        Check.event(id, time, schemaVersion, experimentId);
        Check.present("spec", spec);
        Check.present("dataset", dataset);
        Check.present("weights", weights);
        Check.present("model", model);
        Check.present("trainingState", trainingState);
        ObjectKeys.requireManifest("dataset", dataset);
        ObjectKeys.requireOfCheckpoint("weights", weights, experimentId);
        ObjectKeys.requireOfCheckpoint("model", model, experimentId);
        ObjectKeys.requireOfCheckpoint("trainingState", trainingState, experimentId);
        if (validationRobustBalancedAccuracy != null) {
            Check.inRange("validationRobustBalancedAccuracy", validationRobustBalancedAccuracy, 0, 1);
        }
        if (selectedEpoch != null) {
            Check.inRange("selectedEpoch", selectedEpoch, 1, epoch);
        }
    }

    /** For messages about a checkpoint of the experiment that they name themselves. */
    void requireOf(String experiment) {
        if (!experimentId.equals(experiment)) {
            throw new InvalidFieldException("checkpoint.experimentId", experimentId, experiment);
        }
    }

    /** What the experiment's own settings ask for: an evaluation of each so many epochs' checkpoint, and of the last one. */
    public Optional<EvaluationId> ownEvaluation() {
        int everyEpochs = spec.evaluation().everyEpochs();
        return last || everyEpochs > 0 && epoch % everyEpochs == 0
                ? Optional.of(EvaluationId.own(experimentId, epoch))
                : Optional.empty();
    }

    /** Of an experiment that selects without validation. */
    public CheckpointSaved(
            String id,
            Instant time,
            int schemaVersion,
            String experimentId,
            long attempt,
            int epoch,
            long step,
            boolean last,
            ExperimentSpec spec,
            DatasetRef dataset,
            ObjectRef weights,
            ObjectRef model,
            ObjectRef trainingState) {
        this(
                id,
                time,
                schemaVersion,
                experimentId,
                attempt,
                epoch,
                step,
                last,
                spec,
                dataset,
                weights,
                model,
                trainingState,
                null,
                null);
    }
}
