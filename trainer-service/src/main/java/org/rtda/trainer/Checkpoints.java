package org.rtda.trainer;

import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.rtda.contracts.CheckpointSaved;
import org.rtda.contracts.Event;
import org.rtda.contracts.EventCodec;
import org.rtda.contracts.ExperimentCommand;
import org.rtda.contracts.ObjectKeys;
import org.rtda.contracts.ObjectRef;
import org.rtda.core.network.SafeTensors;
import org.rtda.nn.pytorch.TrainingState;
import org.rtda.store.ArtifactStore;

/**
 * An experiment's checkpoints in the store. {@code checkpoint.json}, the event itself, is written last: a checkpoint
 * without it does not exist.
 */
final class Checkpoints {
    private static final String DOCUMENT = "checkpoint.json";

    private final ArtifactStore store;

    Checkpoints(ArtifactStore store) {
        this.store = store;
    }

    /** @param model ONNX bytes of the same weights */
    CheckpointSaved save(
            ExperimentCommand.Submit experiment,
            long attempt,
            int epoch,
            long step,
            boolean last,
            TrainingState state,
            byte[] model) {
        String id = experiment.experimentId();
        Map<String, String> position = Map.of("epoch", Integer.toString(epoch), "step", Long.toString(step));
        ObjectRef weights = store.put(
                ObjectKeys.checkpoint(id, epoch, "weights.safetensors"), SafeTensors.encode(state.weights(), position));
        ObjectRef onnx = store.put(ObjectKeys.checkpoint(id, epoch, "model.onnx"), model);
        ObjectRef training = store.put(
                ObjectKeys.checkpoint(id, epoch, "training-state.safetensors"),
                SafeTensors.encode(state.joined(), position));
        CheckpointSaved saved = new CheckpointSaved(
                id + "/epoch-" + epoch,
                Instant.now(),
                Event.SCHEMA_VERSION,
                id,
                attempt,
                epoch,
                step,
                last,
                experiment.spec(),
                experiment.dataset(),
                weights,
                onnx,
                training);
        store.put(ObjectKeys.checkpoint(id, epoch, DOCUMENT), EventCodec.write(saved));
        return saved;
    }

    /** The checkpoint with the most epochs behind it. */
    Optional<CheckpointSaved> latest(String experimentId) {
        return documents(experimentId).stream()
                .max(Comparator.naturalOrder())
                .flatMap(store::find)
                .map(json -> EventCodec.read(json, CheckpointSaved.class));
    }

    /** Removes the training states before an epoch: only the latest is ever resumed from. Weights and models stay. */
    void dropStatesBefore(String experimentId, int epoch) {
        if (epoch > 1) {
            store.delete(ObjectKeys.checkpoint(experimentId, epoch - 1, "training-state.safetensors"));
        }
    }

    TrainingState state(CheckpointSaved checkpoint) {
        return TrainingState.ofJoined(
                SafeTensors.decode(store.get(checkpoint.trainingState())).weights());
    }

    private List<String> documents(String experimentId) {
        return store.list(ObjectKeys.checkpoints(experimentId)).stream()
                .filter(key -> key.endsWith("/" + DOCUMENT))
                .toList();
    }
}
