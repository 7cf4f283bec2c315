package org.rtda.trainer;

import org.rtda.contracts.CheckpointSaved;
import org.rtda.contracts.ExperimentStatus;
import org.rtda.contracts.TrainingMetric;

/** What a run tells the world. */
public interface TrainerEvents {
    /**
     * To be asked before what is written to the store for others to see. Returns when the world has been told all metrics so far.
     *
     * @throws RuntimeException when another trainer owns the experiment by now
     */
    void requireOwned();

    void status(ExperimentStatus status);

    void metric(TrainingMetric metric);

    void checkpoint(CheckpointSaved checkpoint);
}
