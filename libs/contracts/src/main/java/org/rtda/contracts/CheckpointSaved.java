package org.rtda.contracts;

import java.time.Instant;

/**
 * A checkpoint is in the store; topic {@link Topic#CHECKPOINTS}, key: the experiment's id.
 *
 * @param epoch epochs done
 * @param step optimiser steps done
 * @param last whether training is complete with it
 * @param weights safetensors file: parameters and batch-norm statistics
 * @param model the same network as ONNX: input {@code images} (N x C x H x W in [0,1]), output {@code logits} (N x classes)
 * @param trainingState safetensors file: weights, momentum buffers and position, from which training goes on
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
        ObjectRef trainingState)
        implements Event {
    public CheckpointSaved {
        Check.event(id, time, schemaVersion, experimentId);
        Check.present("spec", spec);
        Check.present("dataset", dataset);
        Check.present("weights", weights);
        Check.present("model", model);
        Check.present("trainingState", trainingState);
    }
}
