package org.rtda.trainer;

import java.util.Optional;
import org.jboss.logging.Logger;
import org.rtda.contracts.CheckpointSaved;
import org.rtda.contracts.ExperimentCommand;
import org.rtda.contracts.dataset.ObjectRef;
import org.rtda.core.network.NetworkArchitecture;
import org.rtda.core.network.Weights;
import org.rtda.nn.pytorch.method.TrainableNetwork;
import org.rtda.nn.pytorch.method.TrainingState;
import org.rtda.trainer.plan.Selection;
import org.rtda.trainer.plan.TrainingPlan;

/** What happens when an epoch is done: its weights are judged where the experiment asks for it, and saved. For one attempt. */
final class EpochEnd {
    private static final Logger LOG = Logger.getLogger(EpochEnd.class);

    private final ExperimentCommand.Submit experiment;
    private final long attempt;
    private final TrainingPlan plan;
    private final NetworkArchitecture architecture;
    private final ExportedModel exportedModel;
    private final Checkpoints checkpoints;
    private final TrainerEvents events;
    /** Null, both, where nothing is selected. */
    private final Validation validation;

    private Selection selection;

    /**
     * How the best epoch is found.
     *
     * @param soFar of the checkpoint that the run goes on from
     */
    record Selecting(Validation validation, Selection soFar) {}

    /** @param selecting empty where nothing is selected */
    EpochEnd(
            ExperimentCommand.Submit experiment,
            long attempt,
            TrainingPlan plan,
            NetworkArchitecture architecture,
            ExportedModel exportedModel,
            Checkpoints checkpoints,
            TrainerEvents events,
            Optional<Selecting> selecting) {
        this.experiment = experiment;
        this.attempt = attempt;
        this.plan = plan;
        this.architecture = architecture;
        this.exportedModel = exportedModel;
        this.checkpoints = checkpoints;
        this.events = events;
        this.validation = selecting.map(Selecting::validation).orElse(null);
        this.selection = selecting.map(Selecting::soFar).orElse(null);
    }

    /** Saves and announces the checkpoint after this step, the last of its epoch. */
    CheckpointSaved save(long step, TrainableNetwork network) {
        TrainingState state = network.state();
        Weights weights = state.weights();
        int epoch = plan.epochOf(step) + 1;
        byte[] model = exportedModel.of(architecture, weights, experiment.dataset());
        events.requireOwned();
        ObjectRef file = checkpoints.saveWeights(experiment.experimentId(), epoch, attempt, step + 1, weights);
        Double figure = null;
        boolean last = step + 1 == plan.totalSteps();
        if (validation != null) {
            figure = validation.robustBalancedAccuracy(weights, file, step + 1);
            selection = selection.after(epoch, figure);
            last |= selection.patienceEndsAt(epoch);
        }
        events.requireOwned();
        CheckpointSaved saved = checkpoints.save(
                new Checkpoints.Position(experiment, attempt, epoch, step + 1, last),
                state,
                file,
                model,
                figure,
                selection);
        // first: if this attempt was overtaken, this throws, and the successor may still need the earlier state
        events.checkpoint(saved);
        dropStatesBefore(epoch);
        return saved;
    }

    private void dropStatesBefore(int epoch) {
        try {
            checkpoints.dropStatesBefore(experiment.experimentId(), epoch);
        } catch (RuntimeException e) {
            // it takes space, and nobody reads it
            LOG.warnf(
                    "experiment %s: the training state before epoch %d was not removed: %s",
                    experiment.experimentId(), epoch, e.getMessage());
        }
    }
}
