package org.rtda.trainer;

import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import org.rtda.contracts.CheckpointKey;
import org.rtda.contracts.CheckpointSaved;
import org.rtda.contracts.EventCodec;
import org.rtda.contracts.ExperimentCommand;
import org.rtda.contracts.ObjectKeys;
import org.rtda.contracts.dataset.ObjectRef;
import org.rtda.core.network.SafeTensors;
import org.rtda.core.network.Weights;
import org.rtda.nn.pytorch.method.TrainingState;
import org.rtda.store.ArtifactStore;
import org.rtda.store.ArtifactStoreUnavailableException;
import org.rtda.store.CheckpointDocuments;
import org.rtda.trainer.plan.Selection;

/**
 * An experiment's checkpoints in the store. {@code checkpoint.json}, the event itself, is written last: a checkpoint
 * without it does not exist.
 */
final class Checkpoints {
    private final ArtifactStore store;
    private final CheckpointDocuments documents;

    Checkpoints(ArtifactStore store) {
        this.store = store;
        this.documents = new CheckpointDocuments(store);
    }

    /**
     * Where a run stands with its checkpoint.
     *
     * @param epoch epochs done
     * @param step optimiser steps done
     * @param last whether training is complete
     */
    record Position(ExperimentCommand.Submit experiment, long attempt, int epoch, long step, boolean last) {
        private String experimentId() {
            return experiment.experimentId();
        }
    }

    /** The first half of a checkpoint; without {@link #save} it is none. */
    ObjectRef saveWeights(String experimentId, int epoch, long attempt, long step, Weights weights) {
        return store.put(
                ObjectKeys.checkpoint(experimentId, epoch, attempt, ObjectKeys.WEIGHTS),
                SafeTensors.encode(weights, metadata(epoch, step)));
    }

    private static Map<String, String> metadata(int epoch, long step) {
        return Map.of("epoch", Integer.toString(epoch), "step", Long.toString(step));
    }

    /**
     * The checkpoint as it is announced.
     *
     * @param weights the epoch's, saved
     * @param model ONNX bytes of the same weights
     * @param validation the epoch's figure, null where there is none
     * @param selection null likewise; with the last checkpoint of an experiment that takes the best, the event names the
     *     best epoch's weights and model
     */
    CheckpointSaved save(
            Position position,
            TrainingState state,
            ObjectRef weights,
            byte[] model,
            Double validation,
            Selection selection) {
        String id = position.experimentId();
        ObjectRef onnx =
                store.put(ObjectKeys.checkpoint(id, position.epoch(), position.attempt(), ObjectKeys.MODEL), model);
        ObjectRef training = store.put(
                ObjectKeys.checkpoint(id, position.epoch(), position.attempt(), ObjectKeys.TRAINING_STATE),
                SafeTensors.encode(state.joined(), metadata(position.epoch(), position.step())));
        ObjectRef chosenWeights = weights;
        ObjectRef chosenModel = onnx;
        if (position.last() && selection != null && selection.takesEarlierThan(position.epoch())) {
            CheckpointSaved best = ofEpoch(id, selection.bestEpoch());
            chosenWeights = best.weights();
            chosenModel = best.model();
        }
        CheckpointSaved saved = CheckpointSaved.builder()
                .id(id + "/epoch-" + position.epoch())
                .time(Instant.now())
                .experimentId(id)
                .attempt(position.attempt())
                .epoch(position.epoch())
                .step(position.step())
                .last(position.last())
                .spec(position.experiment().spec())
                .dataset(position.experiment().dataset())
                .weights(chosenWeights)
                .model(chosenModel)
                .trainingState(training)
                .validationRobustBalancedAccuracy(validation)
                .selectedEpoch(selection == null ? null : selection.bestEpoch())
                .build();
        store.put(
                ObjectKeys.checkpoint(id, position.epoch(), position.attempt(), ObjectKeys.CHECKPOINT),
                EventCodec.write(saved));
        return saved;
    }

    /** Where the selection stood at a checkpoint. */
    Selection selection(CheckpointSaved checkpoint) {
        CheckpointSaved best = ofEpoch(checkpoint.experimentId(), checkpoint.selectedEpoch());
        return new Selection(checkpoint.spec().selection(), best.epoch(), best.validationRobustBalancedAccuracy());
    }

    private CheckpointSaved ofEpoch(String experimentId, int epoch) {
        return documents
                .ofEpoch(experimentId, epoch)
                .map(json -> EventCodec.read(json, CheckpointSaved.class))
                .orElseThrow(() ->
                        new TrainingFailedException("the selected checkpoint is gone from the store: that of epoch "
                                + epoch + " of experiment " + experimentId + " is missing"));
    }

    /**
     * The checkpoint with the most epochs behind it; empty where there is none.
     *
     * @throws ArtifactStoreUnavailableException where the store names one and does not give it: the run must not begin from the start
     */
    Optional<CheckpointSaved> latest(String experimentId) {
        return documents.latest(experimentId).map(json -> EventCodec.read(json, CheckpointSaved.class));
    }

    /**
     * Removes the training states, of every attempt, of the epoch before: only the latest is ever resumed from. Weights and
     * models stay.
     */
    void dropStatesBefore(String experimentId, int epoch) {
        if (epoch > 1) {
            store.list(ObjectKeys.checkpoint(experimentId, epoch - 1, "")).stream()
                    .filter(key -> CheckpointKey.find(key)
                            .filter(object -> object.file().equals(ObjectKeys.TRAINING_STATE))
                            .isPresent())
                    .forEach(store::delete);
        }
    }

    TrainingState state(CheckpointSaved checkpoint) {
        return TrainingState.ofJoined(
                SafeTensors.decode(store.get(checkpoint.trainingState())).weights());
    }
}
