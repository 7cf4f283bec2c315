package org.rtda.trainer;

import java.util.Optional;
import org.rtda.contracts.CheckpointSaved;
import org.rtda.contracts.ExperimentCommand;
import org.rtda.contracts.ExperimentStatus;

/** What trains; {@link TrainExperiment} outside tests. */
interface Training {

    /**
     * From the latest checkpoint to the end.
     *
     * @return the last checkpoint
     * @throws TrainingFailedException when it cannot go on
     * @throws TrainingStoppedException when {@code control} says so
     * @throws OwnershipLostException when another trainer owns the experiment by now
     */
    CheckpointSaved run(ExperimentCommand.Submit experiment, long attempt, RunControl control);

    /** What a run of the experiment would go on from. */
    Optional<CheckpointSaved> latest(String experimentId);

    /** Where the experiment was when this trainer last said so; empty when it has not run here. */
    Optional<ExperimentStatus> lastTold(String experimentId);

    String deviceName();
}
