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

    public static Builder builder() {
        return new Builder();
    }

    /** Begins with all that this one says. */
    public Builder toBuilder() {
        return new Builder()
                .id(id)
                .time(time)
                .schemaVersion(schemaVersion)
                .experimentId(experimentId)
                .attempt(attempt)
                .epoch(epoch)
                .step(step)
                .last(last)
                .spec(spec)
                .dataset(dataset)
                .weights(weights)
                .model(model)
                .trainingState(trainingState)
                .validationRobustBalancedAccuracy(validationRobustBalancedAccuracy)
                .selectedEpoch(selectedEpoch);
    }

    /** Sets components by name; one that is not set is absent. The schema is the newest. */
    public static final class Builder {
        private String id;
        private Instant time;
        private int schemaVersion = Event.SCHEMA_VERSION;
        private String experimentId;
        private Long attempt;
        private Integer epoch;
        private Long step;
        private Boolean last;
        private ExperimentSpec spec;
        private DatasetRef dataset;
        private ObjectRef weights;
        private ObjectRef model;
        private ObjectRef trainingState;
        private Double validationRobustBalancedAccuracy;
        private Integer selectedEpoch;

        private Builder() {}

        public Builder id(String id) {
            this.id = id;
            return this;
        }

        public Builder time(Instant time) {
            this.time = time;
            return this;
        }

        public Builder schemaVersion(int schemaVersion) {
            this.schemaVersion = schemaVersion;
            return this;
        }

        public Builder experimentId(String experimentId) {
            this.experimentId = experimentId;
            return this;
        }

        public Builder attempt(long attempt) {
            this.attempt = attempt;
            return this;
        }

        public Builder epoch(int epoch) {
            this.epoch = epoch;
            return this;
        }

        public Builder step(long step) {
            this.step = step;
            return this;
        }

        public Builder last(boolean last) {
            this.last = last;
            return this;
        }

        public Builder spec(ExperimentSpec spec) {
            this.spec = spec;
            return this;
        }

        public Builder dataset(DatasetRef dataset) {
            this.dataset = dataset;
            return this;
        }

        public Builder weights(ObjectRef weights) {
            this.weights = weights;
            return this;
        }

        public Builder model(ObjectRef model) {
            this.model = model;
            return this;
        }

        public Builder trainingState(ObjectRef trainingState) {
            this.trainingState = trainingState;
            return this;
        }

        public Builder validationRobustBalancedAccuracy(Double validationRobustBalancedAccuracy) {
            this.validationRobustBalancedAccuracy = validationRobustBalancedAccuracy;
            return this;
        }

        public Builder selectedEpoch(Integer selectedEpoch) {
            this.selectedEpoch = selectedEpoch;
            return this;
        }

        public CheckpointSaved build() {
            return new CheckpointSaved(
                    id,
                    time,
                    schemaVersion,
                    experimentId,
                    Check.present("attempt", attempt),
                    Check.present("epoch", epoch),
                    Check.present("step", step),
                    Check.present("last", last),
                    spec,
                    dataset,
                    weights,
                    model,
                    trainingState,
                    validationRobustBalancedAccuracy,
                    selectedEpoch);
        }
    }
}
